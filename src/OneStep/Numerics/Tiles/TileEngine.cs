using System.Runtime.Intrinsics;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Tiles;

/// <summary>
/// The tile products and what is done with a tile while it is in the first-level cache, for one vector width. A panel
/// is <see cref="PackedWeights.Lanes"/> = 32 lanes wide whatever the width, and every result is bitwise the same for
/// every engine.
/// </summary>
internal abstract unsafe partial class TileEngine
{
    /// <summary>Lanes a panel.</summary>
    public const int Lanes = PackedWeights.Lanes;

    /// <summary>The largest number of rows of one tile over all engines: what callers size their buffers and group inputs by.</summary>
    public const int TileRows = 12;

    /// <summary>The engine for this processor.</summary>
    public static TileEngine Best { get; } = Choose();

    /// <summary>The vector width in bits.</summary>
    public abstract int Bits { get; }

    /// <summary>C[r, lane] = Σ_k A[r, k] B[k, lane], A with adjacent rows (packed inputs).</summary>
    /// <param name="rows">How many rows, any number.</param>
    /// <param name="a">A[r, k] lies at <c>a[r + k * aStep]</c>.</param>
    /// <param name="aStep">The distance between two k of A.</param>
    /// <param name="b">B[k, lane] lies at <c>b[k * 32 + lane]</c>.</param>
    /// <param name="steps">How many k.</param>
    /// <param name="c">C[r, lane] lies at <c>c[r * 32 + lane]</c>.</param>
    /// <param name="ahead">What of B is wanted soon: it is fetched into the second-level cache, a line of 16 weights a step.
    /// <paramref name="b"/> where nothing is.</param>
    public abstract void Multiply(int rows, float* a, nint aStep, float* b, nint steps, float* c, float* ahead);

    /// <summary>The same product over the k in a list alone; A holds those k one behind the other. Leaving out k at which
    /// A is zero does not change a bit of the result.</summary>
    public abstract void Multiply(int rows, float* a, nint aStep, float* b, StepList steps, float* c, float* ahead);

    /// <summary>The product over all k in float64; B is stored in float32 and widened on its way into the registers.</summary>
    public abstract void Multiply(int rows, double* a, nint aStep, float* b, nint steps, double* c, float* ahead);

    /// <summary>The product over the k in a list in float64.</summary>
    public abstract void Multiply(int rows, double* a, nint aStep, float* b, StepList steps, double* c, float* ahead);

    /// <summary>The product over all k with both sides in float64.</summary>
    /// <param name="rows">How many rows, any number.</param>
    /// <param name="a">A[r, k] lies at <c>a[r + k * aStep]</c>.</param>
    /// <param name="aStep">The distance between two k of A.</param>
    /// <param name="b">B[k, lane] lies at <c>b[k * 32 + lane]</c>.</param>
    /// <param name="steps">How many k.</param>
    /// <param name="c">C[r, lane] lies at <c>c[r * 32 + lane]</c>.</param>
    /// <param name="ahead">What is wanted soon: a cache line of it a step comes nearer. B where nothing is.</param>
    /// <param name="lanes">How many lanes are computed, 16 or 32; the others of C stay as they are.</param>
    public abstract void MultiplyDoubles(int rows, double* a, nint aStep, double* b, nint steps, double* c, double* ahead, int lanes = Lanes);

    /// <summary>totals[r, lane] += Σ_s A[r, s] B[s, lane] over the 32 neurons s of one panel in float64, A being the panel
    /// itself: row r is the weight k = r. The sum is one chain, and is added to the total.</summary>
    /// <param name="rows">How many weights k, any number.</param>
    /// <param name="panel">A[r, s] lies at <c>panel[r * 32 + s]</c>.</param>
    /// <param name="b">B[s, lane] lies at <c>b[s * 32 + lane]</c>.</param>
    /// <param name="totals">totals[r, lane] lies at <c>totals[r * 32 + lane]</c>.</param>
    public abstract void AddProductOfDoublePanel(int rows, double* panel, double* b, double* totals);

    /// <summary>Adds products to rows of C that lie in any order, C[place, lane] += Σ_k A[place, k] B[k, lane], tile after tile,
    /// each over the k in its own list: the chains start from C.</summary>
    /// <param name="tiles">A, its lists of k and the places of its rows.</param>
    /// <param name="b">B[k, lane] lies at <c>b[k * 32 + lane]</c>.</param>
    /// <param name="c">A row's first lane lies at <c>c[place]</c>.</param>
    /// <param name="next">The matrix like C that comes next; it is fetched into the second-level cache.</param>
    public abstract void AddInPlace(PlacedTiles tiles, float* b, float* c, float* next);

    /// <summary>totals[r, lane] += Σ_s A[r, s] B[s, lane] over the neurons s of adjacent panels, A being the panels themselves:
    /// row r is the weight k = r. The sum is one chain in float32, and is added to the total in float64.</summary>
    /// <param name="rows">How many weights k, any number.</param>
    /// <param name="panels">The first panel; A[r, s] of panel p lies at <c>panels[p * panelSize + r * 32 + s]</c>.</param>
    /// <param name="count">How many panels.</param>
    /// <param name="panelSize">The distance between two panels.</param>
    /// <param name="b">B[s, lane] lies at <c>b[s * 32 + lane]</c>, the panels' neurons one behind the other.</param>
    /// <param name="totals">totals[r, lane] lies at <c>totals[r * 32 + lane]</c>.</param>
    public abstract void AddProductOfPanels(int rows, float* panels, int count, nint panelSize, float* b, double* totals);

    /// <summary>
    /// Takes a tile of pre-activations, adds each lane's a · relu(p) to its chain of partial scores and keeps one bit a
    /// neuron of who is active.
    /// </summary>
    /// <param name="rows">How many inputs.</param>
    /// <param name="tile">Pre-activations, [rows][32].</param>
    /// <param name="signs">a of the panel's neurons, [32]; 0 behind the last.</param>
    /// <param name="scores">The chains, [rows][32].</param>
    /// <param name="bits">Receives the active neurons of each input, [rows]; null where nobody asks.</param>
    public abstract void Activate(int rows, float* tile, float* signs, float* scores, uint* bits);

    /// <summary>The same chains in float64, and beside them the chains of |summand| that bound their rounding.</summary>
    public abstract void Activate(int rows, double* tile, float* signs, double* scores, double* magnitudes);

    /// <summary>
    /// Expands activation bits to the coefficients of the input gradient, c[s, i] = a_s 1[neuron s is active at input i].
    /// </summary>
    /// <param name="bits">The active neurons of 32 inputs, [32].</param>
    /// <param name="signs">a, [32].</param>
    /// <param name="coefficients">Receives c, [32 neurons][32 inputs].</param>
    public abstract void ExpandForGradient(uint* bits, float* signs, float* coefficients);

    /// <summary>
    /// Expands activation bits to the coefficients of a weight update, c[i, s] = e_i a_s 1[neuron s is active at input i].
    /// </summary>
    /// <param name="count">How many inputs.</param>
    /// <param name="bits">The active neurons of each input, [count].</param>
    /// <param name="inputCoefficients">e, [count].</param>
    /// <param name="signs">a, [32].</param>
    /// <param name="coefficients">Receives c, [count][32].</param>
    public abstract void ExpandForUpdate(int count, uint* bits, float* inputCoefficients, float* signs, float* coefficients);

    /// <summary>
    /// Takes tiles of p = w·x and q = w·u, adds a · relu(p) and the slope at the start of the ray to their chains, and
    /// finds the neurons that change between active and inactive up to the horizon.
    /// </summary>
    /// <param name="rows">How many rays.</param>
    /// <param name="p">[rows][32].</param>
    /// <param name="q">[rows][32].</param>
    /// <param name="signs">a, [32].</param>
    /// <param name="horizons">The largest t of interest of each ray, [rows]; negative for none.</param>
    /// <param name="scores">Chains of a · relu(p), [rows][32].</param>
    /// <param name="slopes">Chains of a · q over the neurons active behind the start, [rows][32].</param>
    /// <param name="kinkBits">Receives the neurons with a kink, [rows].</param>
    public abstract void StartRays(
        int rows, float* p, float* q, float* signs, float* horizons, float* scores, float* slopes, uint* kinkBits);

    /// <summary>squares[lane] = Σ_k (rows[k, lane] − others[k, lane])² for the 32 rows of a panel, in float64.</summary>
    /// <param name="rows">[columns][32].</param>
    /// <param name="others">[columns][32]; null for zeros.</param>
    /// <param name="columns">How many weights a row.</param>
    /// <param name="squares">Receives [32].</param>
    public abstract void SquaredDistances(float* rows, float* others, nint columns, double* squares);

    /// <summary>Moves some of the 32 rows of a panel towards those of another:
    /// rows[k, lane] = centers[k, lane] + factors[lane] (rows[k, lane] − centers[k, lane]).</summary>
    /// <param name="rows">[columns][32].</param>
    /// <param name="centers">[columns][32].</param>
    /// <param name="columns">How many weights a row.</param>
    /// <param name="factors">[32].</param>
    /// <param name="moved">Bit lane is set for the rows to move; others are not touched.</param>
    public abstract void MoveTowards(float* rows, float* centers, nint columns, float* factors, uint moved);

    /// <summary>The sum over a chain's 32 lanes, in the one order that every engine keeps: lane i is added to lane i + 16,
    /// then i to i + 8, and so on.</summary>
    public static float SumLanes(float* lanes)
    {
        Vector128<float> first = (Vector128.Load(lanes) + Vector128.Load(lanes + 16)) + (Vector128.Load(lanes + 8) + Vector128.Load(lanes + 24));
        Vector128<float> second = (Vector128.Load(lanes + 4) + Vector128.Load(lanes + 20)) + (Vector128.Load(lanes + 12) + Vector128.Load(lanes + 28));
        Vector128<float> four = first + second;
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    /// <inheritdoc cref="SumLanes(float*)"/>
    public static double SumLanes(double* lanes)
    {
        Vector256<double> first = (Vector256.Load(lanes) + Vector256.Load(lanes + 16)) + (Vector256.Load(lanes + 8) + Vector256.Load(lanes + 24));
        Vector256<double> second = (Vector256.Load(lanes + 4) + Vector256.Load(lanes + 20)) + (Vector256.Load(lanes + 12) + Vector256.Load(lanes + 28));
        Vector256<double> four = first + second;
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    private static TileEngine Choose() =>
        Vector512.IsHardwareAccelerated
            ? new TileEngine<Float512, Vector512<float>, Double512, Vector512<double>>(512)
            : Vector256.IsHardwareAccelerated
                ? new TileEngine<Float256, Vector256<float>, Double256, Vector256<double>>(256)
                : new TileEngine<Float128, Vector128<float>, Double128, Vector128<double>>(128);
}
