using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>Looks for the first sign change along one ray an input, chunk by chunk: what attacks with one step do.</summary>
internal static class StraightSearch
{
    /// <summary>Follows the rays x + t u to their first sign change.</summary>
    /// <param name="inputs">The inputs x.</param>
    /// <param name="directions">The directions u, [n, d].</param>
    /// <param name="expected">A guess of t, [n].</param>
    /// <param name="name">What progress calls it.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <param name="limits">The largest t that counts, [n]; null for none.</param>
    public static PerturbationCandidates Follow(
        AttackInputs inputs, Matrix<float> directions, double[] expected, string name, AttackExecution execution, double[]? limits = null)
    {
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(execution.Threads);
        int count = inputs.Inputs.Rows;
        RayCrossing[] crossings = new RayCrossing[count];
        PassProgress? passes = PassProgress.Of(workspace, execution, name, count);
        foreach ((int first, int length) in Chunks.Of(count, inputs.Inputs.Columns))
        {
            passes?.Enter(first, length);
            var rays = new RayBatch(inputs.Inputs.RowRange(first, length), directions.RowRange(first, length))
            {
                ExpectedLengths = expected[first..(first + length)],
                Limits = limits?[first..(first + length)],
            };
            inputs.Function.FirstSignChanges(rays, crossings.AsSpan(first, length), workspace, execution.Cancellation);
            passes?.Finish(first + length);
        }

        return new(directions, crossings);
    }
}
