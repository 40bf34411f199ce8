using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Statistics;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

/// <summary>A finished experiment on three inputs with random weights.</summary>
internal sealed class SmallRun : IDisposable
{
    /// <summary>The fingerprint of its data.</summary>
    public const string Fingerprint = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>Makes one whose parameters are these, whatever else they ask for.</summary>
    public SmallRun(ExperimentParameters parameters)
    {
        var random = new Random(1);
        int columns = parameters.Dimension + (parameters.Bias ? 1 : 0);
        var network = new TwoLayerNetwork(
            Weights(), [.. Enumerable.Range(0, parameters.Width).Select(_ => (sbyte)((2 * random.Next(2)) - 1))], parameters.Bias);
        var inputs = new Matrix<float>(3, parameters.Dimension, [.. Enumerable.Range(0, 3 * parameters.Dimension).Select(_ => random.NextSingle())]);
        var perturbations = new Matrix<float>(3, parameters.Dimension);
        perturbations[0, 2] = 0.25f;
        Run = new(Result(parameters), new LazyModel(new TrainedNetwork(network, Weights(), summary: null)), new LabelledInputs(inputs, [-1, 1, 1]), perturbations);

        PackedWeights Weights()
        {
            var weights = new PackedWeights(parameters.Width, columns);
            for (int row = 0; row < parameters.Width; row++)
            {
                weights.SetRow(row, [.. Enumerable.Range(0, columns).Select(_ => random.NextSingle() - 0.5f)]);
            }

            return weights;
        }
    }

    /// <summary>The experiment: flipped, misclassified and without direction.</summary>
    public ExperimentRun Run { get; }

    /// <inheritdoc/>
    public void Dispose() => Run.Model.Dispose();

    private static ExperimentResult Result(ExperimentParameters parameters)
    {
        Summary nothing = Summary.Of([]);
        return new()
        {
            Parameters = parameters,
            DatasetFingerprint = Fingerprint,
            Deviation = 0,
            CleanAccuracy = 0,
            Examples = new(3, 1, 1, 0, 0, 1),
            PerturbationNorm = nothing,
            RelativePerturbationNorm = nothing,
            GradientNorm = nothing,
            StepSize = nothing,
            Margin = nothing,
            Verified = 1,
            Seconds = new(1, 2, 3, null),
            Rows = [Row(0, ExampleStatus.Flipped), Row(1, ExampleStatus.Misclassified), Row(2, ExampleStatus.NoDirection)],
            Rays = [],
        };
    }

    private static AttackedExample Row(int index, ExampleStatus status) =>
        new() { Index = index, Label = 1, Status = status, Score = 1, InputNorm = 1, GradientNorm = 1 };
}
