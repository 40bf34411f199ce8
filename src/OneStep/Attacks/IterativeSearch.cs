using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Elementary;

namespace OneStep.Attacks;

/// <summary>What the iterative ℓ2 attacks of the field share: chunks, the δ they keep, and a last line search if asked for.</summary>
internal static class IterativeSearch
{
    // How much beyond the δ that was kept the line search may find the boundary, by the rounding of single precision: little, but
    // for scores next to zero.
    private const double Slack = 1.001;

    /// <summary>Runs an attack chunk by chunk.</summary>
    /// <param name="inputs">What is attacked.</param>
    /// <param name="name">What progress calls it.</param>
    /// <param name="polish">Whether every δ is at last shortened to the first sign change on the way from x.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <param name="attack">Attacks a chunk and keeps what it finds.</param>
    public static PerturbationCandidates Run(
        AttackInputs inputs, string name, bool polish, AttackExecution execution, Action<AttackBatch, SmallestPerturbations> attack)
    {
        int count = inputs.Inputs.Rows;
        var perturbations = new Matrix<float>(count, inputs.Inputs.Columns);
        RayCrossing[] crossings = new RayCrossing[count];
        Array.Fill(crossings, RayCrossing.None);
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(execution.Threads);
        foreach ((int first, int length) in Chunks.Of(count, inputs.Inputs.Columns))
        {
            var found = new SmallestPerturbations(length, inputs.Inputs.Columns);
            attack(new(inputs, first, length, workspace, execution.Cancellation), found);
            for (int row = 0; row < length; row++)
            {
                if (found.Exists(row))
                {
                    // δ stands in the direction as it is. From x to x + δ the score falls from f(x) to about zero.
                    crossings[first + row] = new(1, -inputs.Scores[first + row]);
                }
            }

            if (polish)
            {
                Polish(inputs, first, found, crossings, workspace, execution.Cancellation);
            }

            found.Perturbations.Data.CopyTo(perturbations.Data, first * perturbations.Columns);
            execution.Progress?.Report(new(name, first + length, count));
        }

        return new(perturbations, crossings) { OnlyLengthened = !polish };
    }

    /// <summary>α_k = α_K + (α_0 − α_K)(1 + cos(πk/K))/2: from the first value to the last along half a cosine.</summary>
    /// <param name="first">α_0.</param>
    /// <param name="last">α_K.</param>
    /// <param name="step">k, from 0.</param>
    /// <param name="steps">K.</param>
    public static double Annealed(double first, double last, int step, int steps) =>
        last + ((first - last) * (1 + ElementaryFunctions.SinCosPi((double)step / steps).Cosine) / 2);

    /// <summary>Replaces each δ by the first sign change on the way from x through x + δ, and its direction by a unit vector.</summary>
    private static void Polish(
        AttackInputs inputs, int first, SmallestPerturbations found, RayCrossing[] crossings, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        int[] rows = [.. Enumerable.Range(0, found.Norms.Length).Where(found.Exists)];
        Matrix<float> directions = found.Perturbations.SelectRows(rows);
        for (int i = 0; i < rows.Length; i++)
        {
            Vectors.SetUnit(directions.Row(i), 1, directions.Row(i));
        }

        int[] origins = Array.ConvertAll(rows, row => first + row);
        double[] norms = Array.ConvertAll(rows, row => found.Norms[row]);
        RayCrossing[] reached = new RayCrossing[rows.Length];
        var rays = new RayBatch(inputs.Inputs.SelectRows(origins), directions)
        {
            Limits = Array.ConvertAll(norms, norm => norm * Slack),
            ExpectedLengths = norms,
        };
        inputs.Function.FirstSignChanges(rays, reached, workspace, cancellation);
        for (int i = 0; i < rows.Length; i++)
        {
            if (reached[i].Exists)
            {
                directions.Row(i).CopyTo(found.Perturbations.Row(rows[i]));
                crossings[origins[i]] = reached[i];
            }
        }
    }
}
