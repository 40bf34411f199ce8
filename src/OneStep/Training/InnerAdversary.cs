using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Training;

/// <summary>
/// Attacks batches of training examples against a network whose weights change from call to call (docs/mathematics.md §2).
/// Labels are the true ones: a misclassified example is moved on into the wrong class.
/// </summary>
internal sealed class InnerAdversary : IDisposable
{
    private readonly AdversarialOptions _options;
    private readonly TwoLayerNetwork _network;
    private readonly RandomStream _starts;
    private readonly int _threads;
    private readonly PerturbationRegion _region;
    private readonly ScoreWorkspace _workspace;
    private readonly Dictionary<int, ProjectedGradientSteps> _steps = [];

    /// <summary>Readies the attack.</summary>
    /// <param name="options">How to attack.</param>
    /// <param name="network">The network.</param>
    /// <param name="starts">The random numbers of random starts.</param>
    /// <param name="threads">How many threads may be used.</param>
    public InnerAdversary(AdversarialOptions options, TwoLayerNetwork network, RandomStream starts, int threads)
    {
        _options = options;
        _network = network;
        _starts = starts;
        _threads = threads;
        _region = new(options.Budget, options.Clip);
        _workspace = network.CreateWorkspace(threads);
    }

    /// <summary>Attacks a batch.</summary>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="labels">y, [n].</param>
    /// <param name="examples">Which examples of the training set these are, [n]: random starts depend on it, and not on the
    /// company an example is in.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="cancellation">Ends the call early.</param>
    /// <returns>The attacked copies, [n, d], in a buffer that the next call with as many inputs reuses.</returns>
    public Matrix<float> Attack(
        Matrix<float> inputs, ReadOnlySpan<int> labels, ReadOnlySpan<int> examples, int epoch, CancellationToken cancellation)
    {
        if (!_steps.TryGetValue(inputs.Rows, out ProjectedGradientSteps? steps))
        {
            steps = new(inputs.Rows, inputs.Columns, _threads);
            _steps.Add(inputs.Rows, steps);
        }

        if (_options.InnerAttack == InnerAttack.OneStep)
        {
            StepOnce(steps, inputs, labels, cancellation);
        }
        else
        {
            Start(steps, inputs, examples, epoch);
            double length = (_options.StepSize ?? ProjectedGradientAttack.DefaultStepSize(_options.Steps)) * _options.Budget;
            for (int step = 0; step < _options.Steps; step++)
            {
                steps.Evaluate(_network, gradients: true, _workspace, cancellation);
                steps.Step(inputs, labels, _region, length, cancellation);
            }
        }

        if (_options.Rescale)
        {
            Rescale(steps.Points, inputs);
        }

        return steps.Points;
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();

    private void Start(ProjectedGradientSteps steps, Matrix<float> inputs, ReadOnlySpan<int> examples, int epoch)
    {
        if (_options.RandomStart)
        {
            steps.StartInBall(inputs, _region, _starts, examples, (long)epoch << 32);
        }
        else
        {
            steps.StartAtInputs(inputs);
        }
    }

    /// <summary>The exact single step of correctly classified examples, cut off at ε; for others, ε along its direction.</summary>
    private void StepOnce(ProjectedGradientSteps steps, Matrix<float> inputs, ReadOnlySpan<int> labels, CancellationToken cancellation)
    {
        steps.StartAtInputs(inputs);
        steps.Evaluate(_network, gradients: true, _workspace, cancellation);
        double[] limits = new double[inputs.Rows];
        for (int i = 0; i < inputs.Rows; i++)
        {
            Vectors.SetUnit(steps.Gradients.Row(i), -labels[i], steps.Perturbations.Row(i));

            // A limit of zero ends the search at once.
            limits[i] = labels[i] * steps.Scores[i] > 0 ? _options.Budget : 0;
        }

        RayCrossing[] crossings = new RayCrossing[inputs.Rows];
        _network.FirstSignChanges(new(inputs, steps.Perturbations) { Limits = limits }, crossings, _workspace, cancellation);
        for (int i = 0; i < inputs.Rows; i++)
        {
            double length = crossings[i].Exists ? Math.Min(crossings[i].Length, _options.Budget) : _options.Budget;
            Vectors.Scale(steps.Perturbations.Row(i), (float)length, steps.Perturbations.Row(i));
            steps.SetPoint(inputs, _region, i);
        }
    }

    private static void Rescale(Matrix<float> points, Matrix<float> inputs)
    {
        for (int i = 0; i < points.Rows; i++)
        {
            double norm = Vectors.Norm(points.Row(i));
            if (norm > 0)
            {
                Vectors.Scale(points.Row(i), (float)(Vectors.Norm(inputs.Row(i)) / norm), points.Row(i));
            }
        }
    }
}
