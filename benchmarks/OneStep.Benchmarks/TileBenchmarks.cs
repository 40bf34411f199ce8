using BenchmarkDotNet.Attributes;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Benchmarks;

/// <summary>The products alone: 12 inputs and a block of 160 neurons whose weights lie in the second-level cache, as the passes
/// leave them there.</summary>
public unsafe class TileBenchmarks : IFlopCount, IDisposable
{
    private const int Panels = 5;
    private const int Rows = TileEngine.TileRows;
    private const int Batch = 64;

    private readonly TileEngine _engine = TileEngine.Best;
    private NativeBuffer<float> _weights = null!;
    private NativeBuffer<float> _inputs = null!;
    private NativeBuffer<double> _wideInputs = null!;
    private NativeBuffer<int> _steps = null!;
    private NativeBuffer<float> _tile = null!;
    private NativeBuffer<double> _wideTile = null!;
    private NativeBuffer<float> _coefficients = null!;
    private NativeBuffer<double> _gradients = null!;
    private NativeBuffer<int> _batchLists = null!;
    private NativeBuffer<int> _batchCounts = null!;
    private NativeBuffer<float> _batchValues = null!;
    private NativeBuffer<nint> _places = null!;

    [Params(25, 100, 784)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int tiles = (Dimension + Rows - 1) / Rows;
        _weights = new((nint)Panels * Dimension * TileEngine.Lanes);
        _inputs = new((nint)Dimension * Rows);
        _wideInputs = new((nint)Dimension * Rows);
        _steps = new(Dimension + StepList.Padding);
        _tile = new(Rows * TileEngine.Lanes);
        _wideTile = new(Rows * TileEngine.Lanes);
        _coefficients = new(Panels * TileEngine.Lanes * TileEngine.Lanes);
        _gradients = new((nint)Dimension * TileEngine.Lanes);
        _batchLists = new((nint)tiles * (Batch + StepList.Padding));
        _batchCounts = new(tiles);
        _batchValues = new((nint)tiles * Rows * Batch);
        _places = new(Dimension + Rows);
        for (nint i = 0; i < _weights.Length; i++)
        {
            _weights.Pointer[i] = (i % 7) - 3;
        }

        for (int i = 0; i < _steps.Length; i++)
        {
            _steps.Pointer[i] = Math.Min(i, Dimension - 1);
        }

        for (int i = 0; i < _places.Length; i++)
        {
            _places.Pointer[i] = Math.Min(i, Dimension - 1) * TileEngine.Lanes;
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            _batchCounts.Pointer[tile] = Batch;
            for (int i = 0; i < Batch + StepList.Padding; i++)
            {
                _batchLists.Pointer[(tile * (Batch + StepList.Padding)) + i] = Math.Min(i, Batch - 1);
            }
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (IDisposable? buffer in (IDisposable?[])[
            _weights, _inputs, _wideInputs, _steps, _tile, _wideTile, _coefficients, _gradients, _batchLists, _batchCounts, _batchValues, _places])
        {
            buffer?.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Product()
    {
        for (int p = 0; p < Panels; p++)
        {
            _engine.Multiply(Rows, _inputs.Pointer, Rows, Panel(p), Dimension, _tile.Pointer, ahead: Panel(p));
        }
    }

    [Benchmark]
    public void ProductOverList()
    {
        for (int p = 0; p < Panels; p++)
        {
            _engine.Multiply(Rows, _inputs.Pointer, Rows, Panel(p), new StepList(_steps.Pointer, Dimension), _tile.Pointer, ahead: Panel(p));
        }
    }

    [Benchmark]
    public void InputGradient() =>
        _engine.AddProductOfPanels(Dimension, _weights.Pointer, Panels, PanelSize, _coefficients.Pointer, _gradients.Pointer);

    [Benchmark]
    public void WeightUpdate()
    {
        var tiles = new PlacedTiles
        {
            Rows = Dimension,
            Capacity = Batch,
            Values = _batchValues.Pointer,
            Lists = _batchLists.Pointer,
            Counts = _batchCounts.Pointer,
            Places = _places.Pointer,
        };
        for (int p = 0; p < Panels; p++)
        {
            _engine.AddInPlace(tiles, _coefficients.Pointer, Panel(p), Panel((p + 1) % Panels));
        }
    }

    [Benchmark]
    public void ProductInDouble()
    {
        for (int p = 0; p < Panels; p++)
        {
            _engine.Multiply(Rows, _wideInputs.Pointer, Rows, Panel(p), Dimension, _wideTile.Pointer, ahead: Panel(p));
        }
    }

    public double FlopsOf(string method) => 2.0 * Panels * TileEngine.Lanes * Dimension * method switch
    {
        nameof(InputGradient) => TileEngine.Lanes,
        nameof(WeightUpdate) => Batch,
        _ => Rows,
    };

    public bool IsDouble(string method) => method == nameof(ProductInDouble);

    private nint PanelSize => (nint)Dimension * TileEngine.Lanes;

    private float* Panel(int panel) => _weights.Pointer + (panel * PanelSize);
}
