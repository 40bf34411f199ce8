using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Attacks;

/// <summary>
/// Projected gradient steps on a batch of inputs, with the buffers that every step reuses: the one engine of the attack and
/// of adversarial training (docs/mathematics.md §2).
/// </summary>
/// <param name="count">How many inputs.</param>
/// <param name="dimension">The input dimension d.</param>
/// <param name="threads">How many threads may be used.</param>
internal sealed class ProjectedGradientSteps(int count, int dimension, int threads)
{
    // Inputs that a thread takes at once, and the fewest coordinates of a batch that are worth waking threads for.
    private const int InputsAnItem = 16;
    private const int WorthThreads = 1 << 16;

    private readonly int _threads = (long)count * dimension < WorthThreads ? 1 : threads;

    // A span cannot be handed to other threads.
    private readonly int[] _labels = new int[count];
    private readonly PerturbationRegion[] _regions = new PerturbationRegion[count];
    private readonly double[] _lengths = new double[count];

    // Two coordinates more than an input has: see StartInBall.
    private readonly float[] _sphere = new float[dimension + 2];

    /// <summary>δ, [n, d].</summary>
    public Matrix<float> Perturbations { get; } = new(count, dimension);

    /// <summary>x + δ rounded to float32, [n, d].</summary>
    public Matrix<float> Points { get; } = new(count, dimension);

    /// <summary>∇f at the points last evaluated, [n, d].</summary>
    public Matrix<float> Gradients { get; } = new(count, dimension);

    /// <summary>f at the points last evaluated, [n].</summary>
    public double[] Scores { get; } = new double[count];

    /// <summary>Starts at the inputs themselves: δ = 0.</summary>
    public void StartAtInputs(Matrix<float> inputs)
    {
        Array.Clear(Perturbations.Data);
        inputs.Data.CopyTo(Points.Data, 0);
    }

    /// <summary>Takes f and ∇f at the points from somebody who has evaluated them.</summary>
    public void SetEvaluated(ReadOnlySpan<double> scores, Matrix<float> gradients)
    {
        scores.CopyTo(Scores);
        gradients.Data.CopyTo(Gradients.Data, 0);
    }

    /// <summary>Starts uniformly in the ball of radius ε, projected to what is allowed.</summary>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="region">What is allowed.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="rows">The row of the stream that each input draws from, [n], counted from <paramref name="firstRow"/>.</param>
    /// <param name="firstRow">The first row of the stream.</param>
    public void StartInBall(Matrix<float> inputs, PerturbationRegion region, RandomStream random, ReadOnlySpan<int> rows, long firstRow)
    {
        Array.Fill(_regions, region);
        StartInBall(inputs, _regions, random, rows, firstRow);
    }

    /// <summary>Starts uniformly in the ball of what is allowed for each input; for ℓ∞ that is a cube.</summary>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="regions">What is allowed, [n].</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="rows">The row of the stream that each input draws from, [n], counted from <paramref name="firstRow"/>.</param>
    /// <param name="firstRow">The first row of the stream.</param>
    public void StartInBall(
        Matrix<float> inputs, ReadOnlySpan<PerturbationRegion> regions, RandomStream random, ReadOnlySpan<int> rows, long firstRow)
    {
        for (int i = 0; i < count; i++)
        {
            if (regions[i].Norm == NormKind.LInfinity)
            {
                random.SymmetricUniforms(firstRow + rows[i], Perturbations.Row(i));
                Vectors.Scale(Perturbations.Row(i), (float)regions[i].Budget, Perturbations.Row(i));
            }
            else
            {
                // The first d coordinates of a uniform point of the sphere in d + 2 dimensions are uniform in the ball.
                random.Gaussians(firstRow + rows[i], _sphere);
                double factor = regions[i].Budget / Vectors.Norm(_sphere);
                Vectors.Scale(_sphere.AsSpan(0, dimension), (float)factor, Perturbations.Row(i));
            }

            SetPoint(inputs, regions[i], i);
        }
    }

    /// <summary>Computes f and, where asked for, ∇f at the points.</summary>
    public void Evaluate(IScoreFunction function, bool gradients, ScoreWorkspace workspace, CancellationToken cancellation) =>
        function.ScoresAndGradients(Points, Scores, gradients ? Gradients : null, workspace, cancellation);

    /// <summary>δ ← P(δ − y α ∇f/‖∇f‖), P the projection to what is allowed. Where ∇f = 0, or so
    /// small that float32 cannot hold α/‖∇f‖, δ stays.</summary>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="labels">y, [n].</param>
    /// <param name="region">What is allowed.</param>
    /// <param name="length">α, in units of the input.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public void Step(Matrix<float> inputs, ReadOnlySpan<int> labels, PerturbationRegion region, double length, CancellationToken cancellation)
    {
        Array.Fill(_regions, region);
        Array.Fill(_lengths, length);
        StepAll(inputs, labels, cancellation);
    }

    /// <summary>δ ← P(δ − y α ∇f/‖∇f‖), or in ℓ∞ P(δ − y α sign ∇f), each input with its own budget ε and α a multiple of it.</summary>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="labels">y, [n].</param>
    /// <param name="regions">What is allowed, [n].</param>
    /// <param name="relativeLength">α/ε.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public void Step(
        Matrix<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<PerturbationRegion> regions, double relativeLength, CancellationToken cancellation)
    {
        for (int i = 0; i < count; i++)
        {
            _regions[i] = regions[i];
            _lengths[i] = relativeLength * regions[i].Budget;
        }

        StepAll(inputs, labels, cancellation);
    }

    /// <summary>Projects one perturbation and sets the point that belongs to it.</summary>
    public void SetPoint(Matrix<float> inputs, PerturbationRegion region, int row)
    {
        region.Project(inputs.Row(row), Perturbations.Row(row));
        Vectors.Sum(inputs.Row(row), Perturbations.Row(row), Points.Row(row));
    }

    private void StepAll(Matrix<float> inputs, ReadOnlySpan<int> labels, CancellationToken cancellation)
    {
        labels.CopyTo(_labels);
        WorkGrid.Run((count + InputsAnItem - 1) / InputsAnItem, _threads, cancellation, (item, _) =>
        {
            int end = Math.Min((item + 1) * InputsAnItem, count);
            for (int i = item * InputsAnItem; i < end; i++)
            {
                StepOne(inputs, i);
            }
        });
    }

    private void StepOne(Matrix<float> inputs, int row)
    {
        ReadOnlySpan<float> gradient = Gradients.Row(row);
        if (_regions[row].Norm == NormKind.LInfinity)
        {
            Vectors.AddSigns(gradient, (float)(-_labels[row] * _lengths[row]), Perturbations.Row(row));
            SetPoint(inputs, _regions[row], row);
            return;
        }

        float factor = (float)(-_labels[row] * _lengths[row] / Vectors.Norm(gradient));
        if (float.IsFinite(factor))
        {
            Vectors.AddScaled(gradient, factor, Perturbations.Row(row));
            SetPoint(inputs, _regions[row], row);
        }
    }
}
