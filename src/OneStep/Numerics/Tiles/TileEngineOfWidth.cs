using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Tiles;

/// <summary>The engine for one vector width.</summary>
internal sealed unsafe class TileEngine<TFloat, TFloatVector, TDouble, TDoubleVector>(int bits) : TileEngine
    where TFloat : struct, IFloatSimd<TFloatVector>
    where TFloatVector : struct
    where TDouble : struct, ISimd<TDoubleVector, double>, ILoads<TDoubleVector, float>
    where TDoubleVector : struct
{
    private const int CacheLine = 64;

    /// <inheritdoc/>
    public override int Bits => bits;

    /// <inheritdoc/>
    public override void Multiply(int rows, float* a, nint aStep, float* b, nint steps, float* c, float* ahead) =>
        MultiplyTile<TFloat, TFloatVector, float, float, One, AllSteps, OwnTile>(rows, a, aStep, b, null, steps, c, null, ahead);

    /// <inheritdoc/>
    public override void Multiply(int rows, float* a, nint aStep, float* b, StepList steps, float* c, float* ahead) =>
        MultiplyTile<TFloat, TFloatVector, float, float, One, ListedSteps, OwnTile>(rows, a, aStep, b, steps.Pointer, steps.Count, c, null, ahead);

    /// <inheritdoc/>
    public override void Multiply(int rows, double* a, nint aStep, float* b, nint steps, double* c, float* ahead) =>
        MultiplyTile<TDouble, TDoubleVector, double, float, One, AllSteps, OwnTile>(rows, a, aStep, b, null, steps, c, null, ahead);

    /// <inheritdoc/>
    public override void Multiply(int rows, double* a, nint aStep, float* b, StepList steps, double* c, float* ahead) =>
        MultiplyTile<TDouble, TDoubleVector, double, float, One, ListedSteps, OwnTile>(rows, a, aStep, b, steps.Pointer, steps.Count, c, null, ahead);

    /// <inheritdoc/>
    public override void MultiplyDoubles(int rows, double* a, nint aStep, double* b, nint steps, double* c, double* ahead, int lanes = Lanes) =>
        MultiplyTile<TDouble, TDoubleVector, double, double, One, AllSteps, OwnTile>(rows, a, aStep, b, null, steps, c, null, ahead, lanes: lanes);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void AddProductOfDoublePanel(int rows, double* panel, double* b, double* totals)
    {
        double* tile = stackalloc double[TileRows * Lanes];
        for (int first = 0; first < rows; first += TileRows)
        {
            int height = Math.Min(TileRows, rows - first);
            nint at = (nint)first * Lanes;
            MultiplyTile<TDouble, TDoubleVector, double, double, ThirtyTwo, AllSteps, OwnTile>(
                height, panel + at, 1, b, null, Lanes, tile, null, ahead: b);
            Elementwise.Add(tile, totals + at, height * Lanes);
        }
    }

    /// <inheritdoc/>
    public override void AddInPlace(PlacedTiles tiles, float* b, float* c, float* next)
    {
        float* values = tiles.Values;
        int* list = tiles.Lists;
        for (int first = 0, tile = 0; first < tiles.Rows; first += TileRows, tile++)
        {
            int height = Math.Min(TileRows, tiles.Rows - first);
            if (tiles.Counts[tile] > 0)
            {
                MultiplyTile<TFloat, TFloatVector, float, float, One, ListedSteps, RowsInPlace>(
                    height, values, height, b, list, tiles.Counts[tile], c, tiles.Places + first, next);
            }

            values += TileRows * tiles.Capacity;
            list += tiles.Capacity + StepList.Padding;
        }
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override void AddProductOfPanels(int rows, float* panels, int count, nint panelSize, float* b, double* totals)
    {
        float* tile = stackalloc float[TileRows * Lanes];
        for (int first = 0; first < rows; first += TileRows)
        {
            int height = Math.Min(TileRows, rows - first);
            nint at = (nint)first * Lanes;
            int values = height * Lanes;
            Prefetch(totals + at, values);
            MultiplyTile<TFloat, TFloatVector, float, float, ThirtyTwo, AllSteps, OwnTile>(
                height, panels + at, 1, b, null, Lanes, tile, null, ahead: b, count, panelSize);
            AddWidened(tile, totals + at, values);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Activate(int rows, float* tile, float* signs, float* scores, uint* bits)
    {
        for (int r = 0; r < rows; r++)
        {
            uint active = 0;
            for (int lane = 0; lane < Lanes; lane += TFloat.Count)
            {
                int at = (r * Lanes) + lane;
                TFloatVector p = TFloat.Load(tile + at);
                TFloat.Store(TFloat.MultiplyAdd(TFloat.Load(signs + lane), TFloat.PositivePart(p), TFloat.Load(scores + at)), scores + at);
                active |= TFloat.PositiveBits(p) << lane;
            }

            if (bits is not null)
            {
                bits[r] = active;
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Activate(int rows, double* tile, float* signs, double* scores, double* magnitudes)
    {
        TDoubleVector one = TDouble.Broadcast(1);
        for (int r = 0; r < rows; r++)
        {
            for (int lane = 0; lane < Lanes; lane += TDouble.Count)
            {
                int at = (r * Lanes) + lane;
                TDoubleVector positive = TDouble.PositivePart(TDouble.Load(tile + at));
                TDouble.Store(TDouble.MultiplyAdd(TDouble.Load(signs + lane), positive, TDouble.Load(scores + at)), scores + at);
                TDouble.Store(TDouble.MultiplyAdd(one, positive, TDouble.Load(magnitudes + at)), magnitudes + at);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ExpandForGradient(uint* bits, float* signs, float* coefficients)
    {
        for (int s = 0; s < Lanes; s++)
        {
            for (int lane = 0; lane < Lanes; lane += TFloat.Count)
            {
                TFloat.Store(TFloat.SelectByBit(bits + lane, s, signs[s]), coefficients + (s * Lanes) + lane);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void ExpandForUpdate(int count, uint* bits, float* inputCoefficients, float* signs, float* coefficients)
    {
        for (int i = 0; i < count; i++)
        {
            TFloatVector coefficient = TFloat.Broadcast(inputCoefficients[i]);
            for (int lane = 0; lane < Lanes; lane += TFloat.Count)
            {
                TFloatVector signed = TFloat.Multiply(coefficient, TFloat.Load(signs + lane));
                TFloat.Store(TFloat.KeepBits(signed, bits[i] >> lane), coefficients + (i * Lanes) + lane);
            }
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void StartRays(
        int rows, float* p, float* q, float* signs, float* horizons, float* scores, float* slopes, uint* kinkBits)
    {
        for (int r = 0; r < rows; r++)
        {
            uint kinks = 0;
            TFloatVector horizon = TFloat.Broadcast(horizons[r]);
            for (int lane = 0; lane < Lanes; lane += TFloat.Count)
            {
                int at = (r * Lanes) + lane;
                TFloatVector start = TFloat.Load(p + at);
                TFloatVector rate = TFloat.Load(q + at);
                TFloatVector sign = TFloat.Load(signs + lane);
                TFloat.Store(TFloat.MultiplyAdd(sign, TFloat.PositivePart(start), TFloat.Load(scores + at)), scores + at);
                TFloat.Store(TFloat.MultiplyAdd(sign, TFloat.StartSlope(start, rate), TFloat.Load(slopes + at)), slopes + at);
                kinks |= TFloat.KinkBits(start, rate, horizon) << lane;
            }

            kinkBits[r] = kinks;
        }
    }

    /// <inheritdoc/>
    public override void SquaredDistances(float* rows, float* others, nint columns, double* squares) =>
        RowKernel<TFloat, TFloatVector, TDouble, TDoubleVector>.SquaredDistances(rows, others, columns, squares);

    /// <inheritdoc/>
    public override void MoveTowards(float* rows, float* centers, nint columns, float* factors, uint moved) =>
        RowKernel<TFloat, TFloatVector, TDouble, TDoubleVector>.MoveTowards(rows, centers, columns, factors, moved);

    // The totals lie in the second-level cache or behind it; while their tile is computed they come nearer.
    private static void Prefetch(double* totals, int count)
    {
        if (Sse.IsSupported)
        {
            for (int i = 0; i < count; i += CacheLine / sizeof(double))
            {
                Sse.Prefetch0(totals + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWidened(float* source, double* totals, int count)
    {
        TDoubleVector one = TDouble.Broadcast(1);
        for (int i = 0; i < count; i += TDouble.Count)
        {
            TDouble.Store(TDouble.MultiplyAdd(one, TDouble.Load(source + i), TDouble.Load(totals + i)), totals + i);
        }
    }

    /// <summary>Cuts a product into register tiles.</summary>
    private static void MultiplyTile<TSimd, TVector, TScalar, TStored, TRowStride, TSteps, TTarget>(
        int rows, TScalar* a, nint aStep, TStored* b, int* list, nint steps, TScalar* c, nint* places, TStored* ahead, int segments = 1, nint aSegment = 0, int lanes = Lanes)
        where TSimd : struct, ISimd<TVector, TScalar>, ILoads<TVector, TStored>
        where TVector : struct
        where TScalar : unmanaged
        where TStored : unmanaged
        where TRowStride : struct, IConstant
        where TSteps : struct, IStepOrder
        where TTarget : struct, ITarget
    {
        for (int lane = 0; lane < lanes; lane += 2 * TSimd.Count)
        {
            for (int r = 0; r < rows;)
            {
                r += MultiplyRows<TSimd, TVector, TScalar, TStored, TRowStride, TSteps, TTarget>(
                    rows - r, a + (r * TRowStride.Value), aStep, b + lane, list, steps, (TTarget.IsInPlace ? c : c + (r * Lanes)) + lane, places + r, ahead, segments, aSegment);
            }
        }
    }

    /// <summary>Runs the tallest kernel that fits, and tells how many rows it did.</summary>
    private static int MultiplyRows<TSimd, TVector, TScalar, TStored, TRowStride, TSteps, TTarget>(
        int rows, TScalar* a, nint aStep, TStored* b, int* list, nint steps, TScalar* c, nint* places, TStored* ahead, int segments = 1, nint aSegment = 0)
        where TSimd : struct, ISimd<TVector, TScalar>, ILoads<TVector, TStored>
        where TVector : struct
        where TScalar : unmanaged
        where TStored : unmanaged
        where TRowStride : struct, IConstant
        where TSteps : struct, IStepOrder
        where TTarget : struct, ITarget
    {
        if (rows >= 12 && TSimd.MaximumRows >= 12)
        {
            TileKernel<TSimd, TVector, TScalar, TStored, Twelve, TRowStride, TSteps, TTarget>.Run(a, aStep, b, list, steps, c, places, segments, aSegment, ahead);
            return 12;
        }

        if (rows >= 8 && TSimd.MaximumRows >= 12)
        {
            TileKernel<TSimd, TVector, TScalar, TStored, Eight, TRowStride, TSteps, TTarget>.Run(a, aStep, b, list, steps, c, places, segments, aSegment, ahead);
            return 8;
        }

        // Two rows would wait for their additions: of eight, four twice.
        if (rows >= 6 && rows != 8)
        {
            TileKernel<TSimd, TVector, TScalar, TStored, Six, TRowStride, TSteps, TTarget>.Run(a, aStep, b, list, steps, c, places, segments, aSegment, ahead);
            return 6;
        }

        if (rows >= 4)
        {
            TileKernel<TSimd, TVector, TScalar, TStored, Four, TRowStride, TSteps, TTarget>.Run(a, aStep, b, list, steps, c, places, segments, aSegment, ahead);
            return 4;
        }

        if (rows >= 2)
        {
            TileKernel<TSimd, TVector, TScalar, TStored, Two, TRowStride, TSteps, TTarget>.Run(a, aStep, b, list, steps, c, places, segments, aSegment, ahead);
            return 2;
        }

        TileKernel<TSimd, TVector, TScalar, TStored, One, TRowStride, TSteps, TTarget>.Run(a, aStep, b, list, steps, c, places, segments, aSegment, ahead);
        return 1;
    }
}
