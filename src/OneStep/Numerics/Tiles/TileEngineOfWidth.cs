using System.Runtime.CompilerServices;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Tiles;

/// <summary>The engine for one vector width.</summary>
internal sealed unsafe class TileEngine<TFloat, TFloatVector, TDouble, TDoubleVector>(int bits) : TileEngine
    where TFloat : struct, IFloatSimd<TFloatVector>
    where TFloatVector : struct
    where TDouble : struct, ISimd<TDoubleVector, double>
    where TDoubleVector : struct
{
    /// <inheritdoc/>
    public override int Bits => bits;

    /// <inheritdoc/>
    public override void Multiply(int rows, float* a, nint aStep, float* b, nint steps, float* c, bool accumulate) =>
        MultiplyTile<TFloat, TFloatVector, float, One, AllSteps>(rows, a, aStep, b, null, steps, c, accumulate);

    /// <inheritdoc/>
    public override void Multiply(int rows, float* a, nint aStep, float* b, StepList steps, float* c, bool accumulate) =>
        MultiplyTile<TFloat, TFloatVector, float, One, ListedSteps>(rows, a, aStep, b, steps.Pointer, steps.Count, c, accumulate);

    /// <inheritdoc/>
    public override void Multiply(int rows, double* a, nint aStep, double* b, nint steps, double* c, bool accumulate) =>
        MultiplyTile<TDouble, TDoubleVector, double, One, AllSteps>(rows, a, aStep, b, null, steps, c, accumulate);

    /// <inheritdoc/>
    public override void Multiply(int rows, double* a, nint aStep, double* b, StepList steps, double* c, bool accumulate) =>
        MultiplyTile<TDouble, TDoubleVector, double, One, ListedSteps>(rows, a, aStep, b, steps.Pointer, steps.Count, c, accumulate);

    /// <inheritdoc/>
    public override void MultiplyPanels(int rows, float* panels, int count, nint panelSize, float* b, float* c) =>
        MultiplyTile<TFloat, TFloatVector, float, ThirtyTwo, AllSteps>(rows, panels, 1, b, null, Lanes, c, accumulate: false, count, panelSize);

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
    public override void Activate(int rows, double* tile, double* signs, double* scores, double* magnitudes)
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

    /// <summary>Cuts a product into register tiles.</summary>
    private static void MultiplyTile<TSimd, TVector, TScalar, TRowStride, TSteps>(
        int rows, TScalar* a, nint aStep, TScalar* b, int* list, nint steps, TScalar* c, bool accumulate, int segments = 1, nint aSegment = 0)
        where TSimd : struct, ISimd<TVector, TScalar>
        where TVector : struct
        where TScalar : unmanaged
        where TRowStride : struct, IConstant
        where TSteps : struct, IStepOrder
    {
        for (int lane = 0; lane < Lanes; lane += 2 * TSimd.Count)
        {
            for (int r = 0; r < rows;)
            {
                r += MultiplyRows<TSimd, TVector, TScalar, TRowStride, TSteps>(
                    rows - r, a + (r * TRowStride.Value), aStep, b + lane, list, steps, c + (r * Lanes) + lane, accumulate, segments, aSegment);
            }
        }
    }

    /// <summary>Runs the tallest kernel that fits, and tells how many rows it did.</summary>
    private static int MultiplyRows<TSimd, TVector, TScalar, TRowStride, TSteps>(
        int rows, TScalar* a, nint aStep, TScalar* b, int* list, nint steps, TScalar* c, bool accumulate, int segments = 1, nint aSegment = 0)
        where TSimd : struct, ISimd<TVector, TScalar>
        where TVector : struct
        where TScalar : unmanaged
        where TRowStride : struct, IConstant
        where TSteps : struct, IStepOrder
    {
        if (rows >= 12 && TSimd.MaximumRows >= 12)
        {
            TileKernel<TSimd, TVector, TScalar, Twelve, TRowStride, TSteps>.Run(a, aStep, b, Lanes, list, steps, c, Lanes, accumulate, segments, aSegment);
            return 12;
        }

        if (rows >= 6)
        {
            TileKernel<TSimd, TVector, TScalar, Six, TRowStride, TSteps>.Run(a, aStep, b, Lanes, list, steps, c, Lanes, accumulate, segments, aSegment);
            return 6;
        }

        if (rows >= 4)
        {
            TileKernel<TSimd, TVector, TScalar, Four, TRowStride, TSteps>.Run(a, aStep, b, Lanes, list, steps, c, Lanes, accumulate, segments, aSegment);
            return 4;
        }

        if (rows >= 2)
        {
            TileKernel<TSimd, TVector, TScalar, Two, TRowStride, TSteps>.Run(a, aStep, b, Lanes, list, steps, c, Lanes, accumulate, segments, aSegment);
            return 2;
        }

        TileKernel<TSimd, TVector, TScalar, One, TRowStride, TSteps>.Run(a, aStep, b, Lanes, list, steps, c, Lanes, accumulate, segments, aSegment);
        return 1;
    }
}
