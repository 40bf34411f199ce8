using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Tests.Attacks;

/// <summary>The linear function g · x, whose every answer can be replaced by a lie.</summary>
internal sealed class FakeScoreFunction(params float[] gradient) : IScoreFunction
{
    /// <summary>Changes what the working precision says of a score.</summary>
    public Func<double, double> Score { get; init; } = score => score;

    /// <summary>Changes what is said of a ray, given its position in the batch.</summary>
    public Func<int, RayCrossing, RayCrossing> Crossing { get; init; } = (_, crossing) => crossing;

    /// <summary>Changes the float64 opinion.</summary>
    public Func<BoundedScore, BoundedScore> Exact { get; init; } = score => score;

    public int InputDimension => gradient.Length;

    public ScoreWorkspace CreateWorkspace(int threads) => new Workspace(this, threads);

    /// <summary>g · x in float64.</summary>
    public double TrueScore(ReadOnlySpan<double> x)
    {
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            sum += gradient[k] * x[k];
        }

        return sum;
    }

    public void ScoresAndGradients(
        Matrix<float> inputs, Span<double> scores, Matrix<float>? gradients, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        workspace.CountPasses(inputs.Rows, gradients is null ? 0 : inputs.Rows);
        for (int i = 0; i < inputs.Rows; i++)
        {
            scores[i] = Score(Vectors.Dot(gradient, inputs.Row(i)));
            gradient.CopyTo(gradients is null ? new float[gradient.Length] : gradients.Row(i));
        }
    }

    public void FirstSignChanges(RayBatch rays, Span<RayCrossing> crossings, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        workspace.CountPasses(2L * rays.Count, 0);
        for (int i = 0; i < rays.Count; i++)
        {
            double slope = Vectors.Dot(gradient, rays.Directions.Row(i));
            double length = -Vectors.Dot(gradient, rays.Origins.Row(i)) / slope;
            crossings[i] = Crossing(i, length > 0 ? new(length, slope) : RayCrossing.None);
        }
    }

    public void ScoresInDouble(Matrix<double> inputs, Span<BoundedScore> scores, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        workspace.CountPasses(inputs.Rows, 0);
        for (int i = 0; i < inputs.Rows; i++)
        {
            scores[i] = Exact(new(TrueScore(inputs.Row(i)), 1e-15));
        }
    }

    private sealed class Workspace(FakeScoreFunction function, int threads) : ScoreWorkspace(function, threads)
    {
        protected override void Dispose(bool disposing)
        {
        }
    }
}
