using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks.Hamming;

/// <summary>A coordinate of one input in a search, and a way along it.</summary>
/// <param name="Row">Which input.</param>
/// <param name="Coordinate">Which coordinate.</param>
/// <param name="Sign">+1 upwards, −1 downwards.</param>
/// <param name="Limit">How far it may go, above 0; +∞ without bounds.</param>
/// <param name="Expected">A guess of how far it has to go.</param>
internal readonly record struct CoordinateRay(int Row, int Coordinate, int Sign, double Limit, double Expected);

/// <summary>Lines along coordinates, evaluated in batches.</summary>
/// <param name="inputs">x of every row, [n, d].</param>
/// <param name="perturbations">δ of every row, [n, d]: lines start at x + δ.</param>
/// <param name="clip">Whether x + δ must stay in [0, 1].</param>
internal sealed class CoordinateRays(Matrix<float> inputs, Matrix<float> perturbations, bool clip)
{
    // Room for the few units in the last place by which verification may lengthen a change.
    private const double Inside = 1 - (1.0 / (1 << 18));

    /// <summary>The ways along one coordinate that are open, one or two.</summary>
    /// <param name="row">Which input.</param>
    /// <param name="coordinate">Which coordinate.</param>
    /// <param name="expected">A guess of how far they have to go.</param>
    public IEnumerable<CoordinateRay> Both(int row, int coordinate, double expected)
    {
        foreach (int sign in (int[])[1, -1])
        {
            if (RoomOf(row, coordinate, sign) is var room and > 0)
            {
                yield return new(row, coordinate, sign, room, expected);
            }
        }
    }

    /// <summary>How far a coordinate may go: to the edge of the box, which rounding must not cross.</summary>
    public double RoomOf(int row, int coordinate, int sign)
    {
        if (!clip)
        {
            return double.PositiveInfinity;
        }

        double at = (double)inputs[row, coordinate] + perturbations[row, coordinate];
        return Math.Max(sign > 0 ? 1 - at : at, 0) * Inside;
    }

    /// <summary>The first sign change along every line.</summary>
    public RayCrossing[] Follow(IReadOnlyList<CoordinateRay> rays, IScoreFunction function, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        RayCrossing[] crossings = new RayCrossing[rays.Count];
        if (rays.Count > 0)
        {
            var directions = new Matrix<float>(rays.Count, inputs.Columns);
            for (int i = 0; i < rays.Count; i++)
            {
                directions[i, rays[i].Coordinate] = rays[i].Sign;
            }

            var batch = new RayBatch(Points(rays, _ => 0), directions)
            {
                Limits = [.. rays.Select(ray => ray.Limit)],
                ExpectedLengths = [.. rays.Select(ray => ray.Expected)],
            };
            function.FirstSignChanges(batch, crossings, workspace, cancellation);
        }

        return crossings;
    }

    /// <summary>f at one point of every line.</summary>
    /// <param name="rays">The lines.</param>
    /// <param name="length">How far along a line.</param>
    /// <param name="function">f.</param>
    /// <param name="workspace">Buffers.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public double[] Scores(
        IReadOnlyList<CoordinateRay> rays, Func<int, double> length, IScoreFunction function, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        double[] scores = new double[rays.Count];
        if (rays.Count > 0)
        {
            function.ScoresAndGradients(Points(rays, length), scores, gradients: null, workspace, cancellation);
        }

        return scores;
    }

    private Matrix<float> Points(IReadOnlyList<CoordinateRay> rays, Func<int, double> length)
    {
        var points = new Matrix<float>(rays.Count, inputs.Columns);
        for (int i = 0; i < rays.Count; i++)
        {
            Vectors.Sum(inputs.Row(rays[i].Row), perturbations.Row(rays[i].Row), points.Row(i));
            points[i, rays[i].Coordinate] += (float)(rays[i].Sign * length(i));
        }

        return points;
    }
}
