using OneStep.Networks.Passes;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.TangentKernel;

/// <summary>One worker's memory for the products of up to 12 inputs with all of a kernel's inputs, in float64.</summary>
internal sealed unsafe class KernelTile : IDisposable
{
    /// <summary>The most inputs.</summary>
    public const int Rows = TileEngine.TileRows;

    private readonly TileEngine _engine = TileEngine.Best;
    private readonly KernelInputs _inputs;
    private readonly InputTiles<double> _tile;
    private readonly NativeBuffer<double> _products;

    /// <summary>Makes room.</summary>
    public KernelTile(KernelInputs inputs)
    {
        _inputs = inputs;
        _tile = new(inputs.Dimension, Rows);
        _products = new((nint)inputs.Examples.PanelCount * Rows * TileEngine.Lanes);
    }

    /// <summary>Multiplies some inputs with all of the kernel's.</summary>
    /// <param name="inputs">[count, d].</param>
    /// <param name="supports">Where they are not zero.</param>
    /// <param name="rows">Which of them, at most <see cref="Rows"/>.</param>
    public void Multiply(Matrix<double> inputs, Supports supports, ReadOnlySpan<int> rows)
    {
        _tile.Pack(inputs, supports, rows, extra: 0);
        PackedWeights examples = _inputs.Examples;
        for (int panel = 0; panel < examples.PanelCount; panel++)
        {
            float* next = panel + 1 < examples.PanelCount ? examples.Panel(panel + 1) : null;
            _engine.Multiply(_tile, 0, examples.Panel(panel), examples.Columns, ProductsOf(panel), next);
        }

        GC.KeepAlive(examples);
    }

    /// <summary>The products of one of the inputs with x_1, …, x_n.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <param name="products">Receives x_i · x, [n].</param>
    public void CopyProducts(int row, Span<double> products)
    {
        for (int panel = 0, first = 0; first < products.Length; panel++, first += TileEngine.Lanes)
        {
            int count = Math.Min(TileEngine.Lanes, products.Length - first);
            new ReadOnlySpan<double>(ProductsOf(panel) + (row * TileEngine.Lanes), count).CopyTo(products[first..]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tile.Dispose();
        _products.Dispose();
    }

    private double* ProductsOf(int panel) => _products.Pointer + ((nint)panel * Rows * TileEngine.Lanes);
}
