using OneStep.Experiments;
using OneStep.Formats;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Attacks;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

/// <summary>Three classes of points in the plane, each with a linear margin of its own: g · x of that class.</summary>
internal sealed class LinearClassModel(params float[][] gradients) : TrainedModel
{
    public override int ClassCount => gradients.Length;

    public override TrainingSummary? Training => null;

    public override IScoreFunction ScoreFor(int label) => new FakeScoreFunction(gradients[label]);

    public override Prediction[] Predict(Matrix<float> inputs, int threads, CancellationToken cancellation = default) =>
        [.. Enumerable.Range(0, inputs.Rows).Select(i => Predictions.OfOutputs([.. gradients.Select(g => Vectors.Dot(g, inputs.Row(i)))]))];

    public override double? Deviation(int threads) => null;

    internal override IReadOnlyList<TensorSource> Tensors(CancellationToken cancellation) => [];

    protected override void Dispose(bool disposing)
    {
    }
}
