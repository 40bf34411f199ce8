using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks;

/// <summary>
/// The lazy ball B = { W : ‖w_s − w_{s,0}‖ ≤ V_s for all s } around initial weights W0; with one radius for all rows,
/// V = C0/√m (docs/mathematics.md §1).
/// </summary>
public sealed class LazyBall
{
    // A row of float32 weights can be off by this much, relative to its norm.
    private const double RowRounding = 1.0 / (1 << 24);

    // What moving a row in float32 adds to that, relative to its deviation.
    private const double MoveRounding = 4.0 / (1 << 24);

    private readonly double[]? _radii;
    private readonly double _radius;
    private readonly Lazy<double[]> _centerNorms;

    /// <summary>Makes the ball with one radius V for all rows.</summary>
    /// <param name="center">W0, [m, columns].</param>
    /// <param name="radius">V, not negative.</param>
    public LazyBall(PackedWeights center, double radius)
    {
        ArgumentNullException.ThrowIfNull(center);
        RequireRadius(radius);
        Center = center;
        _radius = radius;
        _centerNorms = new(() => NormsOf(center));
    }

    /// <summary>Makes the ball with a radius for every row.</summary>
    /// <param name="center">W0, [m, columns].</param>
    /// <param name="radii">V_s, [m], none negative.</param>
    public LazyBall(PackedWeights center, IReadOnlyList<double> radii)
    {
        ArgumentNullException.ThrowIfNull(center);
        ArgumentNullException.ThrowIfNull(radii);
        if (radii.Count != center.Rows)
        {
            throw new ArgumentException($"There must be a radius for each of the {center.Rows} rows, not {radii.Count}.", nameof(radii));
        }

        _radii = [.. radii];
        foreach (double radius in _radii)
        {
            RequireRadius(radius);
        }

        Center = center;
        _radius = _radii.Max();
        _centerNorms = new(() => NormsOf(center));
    }

    /// <summary>W0.</summary>
    public PackedWeights Center { get; }

    /// <summary>V, or the largest V_s.</summary>
    public double Radius => _radius;

    /// <summary>V_s of one row.</summary>
    public double RadiusOf(int row) => _radii?[row] ?? _radius;

    /// <summary>‖w_{s,0}‖ of every row, [m], in float64.</summary>
    internal double[] CenterNorms => _centerNorms.Value;

    /// <summary>‖w_s − w_{s,0}‖ of every row, [m], in float64.</summary>
    public double[] Deviations(PackedWeights weights, int threads = 1)
    {
        RequireSameShape(weights);
        double[] deviations = new double[weights.Rows];
        WorkGrid.Run(weights.PanelCount, threads, CancellationToken.None, (panel, _) =>
        {
            Span<double> squares = stackalloc double[PackedWeights.Lanes];
            RowNorms.PanelSquaredDistances(weights, Center, panel, squares);
            int first = panel * PackedWeights.Lanes;
            for (int row = first; row < Math.Min(first + PackedWeights.Lanes, weights.Rows); row++)
            {
                deviations[row] = Math.Sqrt(squares[row - first]);
            }
        });
        return deviations;
    }

    /// <summary>The deviation max_s ‖w_s − w_{s,0}‖; times √m it is the C0 that the weights need. Not a number where a
    /// weight is none.</summary>
    public double Deviation(PackedWeights weights, int threads = 1) => Deviations(weights, threads).Aggregate(0.0, Math.Max);

    /// <summary>Whether every row lies in the ball, judged in float64.</summary>
    public bool Contains(PackedWeights weights, int threads = 1)
    {
        double[] deviations = Deviations(weights, threads);
        for (int row = 0; row < deviations.Length; row++)
        {
            // Written so that a row that is not a number lies outside.
            if (!(deviations[row] <= RadiusOf(row)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Moves every row that lies outside radially onto the boundary; rows inside are not touched. The boundary is pulled
    /// in by the rounding of float32, 2⁻²⁴(‖w_{s,0}‖ + 5V_s), so that the stored rows lie inside when judged in float64.
    /// </summary>
    /// <returns>Whether a row was moved.</returns>
    public bool Project(PackedWeights weights, int threads = 1)
    {
        RequireSameShape(weights);
        int moved = 0;
        WorkGrid.Run(weights.PanelCount, threads, CancellationToken.None, (panel, _) =>
        {
            if (ProjectPanel(weights, panel, out double _))
            {
                Interlocked.Exchange(ref moved, 1);
            }
        });
        return moved != 0;
    }

    /// <summary>Projects the rows of one panel and tells the largest deviation that is left.</summary>
    internal bool ProjectPanel(PackedWeights weights, int panel, out double deviation)
    {
        Span<double> distances = stackalloc double[PackedWeights.Lanes];
        RowNorms.PanelSquaredDistances(weights, Center, panel, distances);
        int first = panel * PackedWeights.Lanes;
        int rows = Math.Min(PackedWeights.Lanes, weights.Rows - first);
        bool moved = false;
        deviation = 0;
        for (int lane = 0; lane < rows; lane++)
        {
            double radius = RadiusOf(first + lane);
            distances[lane] = Math.Sqrt(distances[lane]);
            bool inside = distances[lane] <= radius;
            moved |= !inside;
            deviation = Math.Max(deviation, inside ? distances[lane] : radius);
        }

        if (moved)
        {
            MoveToBoundary(weights, panel, distances[..rows]);
        }

        return moved;
    }

    private static void RequireRadius(double radius)
    {
        if (!double.IsFinite(radius) || radius < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(radius), radius, "A radius must be finite and not negative.");
        }
    }

    private static double[] NormsOf(PackedWeights weights)
    {
        double[] norms = new double[weights.Rows];
        Span<double> squares = stackalloc double[PackedWeights.Lanes];
        for (int row = 0; row < norms.Length; row++)
        {
            if (row % PackedWeights.Lanes == 0)
            {
                RowNorms.PanelSquares(weights, row / PackedWeights.Lanes, squares);
            }

            norms[row] = Math.Sqrt(squares[row % PackedWeights.Lanes]);
        }

        return norms;
    }

    /// <summary>Moves the rows of a panel that are farther away than their radius, all of them in one go.</summary>
    private unsafe void MoveToBoundary(PackedWeights weights, int panel, ReadOnlySpan<double> distances)
    {
        float* factors = stackalloc float[PackedWeights.Lanes];
        uint moved = 0;
        for (int lane = 0; lane < distances.Length; lane++)
        {
            int row = (panel * PackedWeights.Lanes) + lane;
            double radius = RadiusOf(row);
            if (!(distances[lane] <= radius))
            {
                // The new row's norm is at most that of the center plus the radius.
                double storing = (CenterNorms[row] + radius) * RowRounding * (1 + 1e-6);
                factors[lane] = (float)(Math.Max(0, (radius * (1 - MoveRounding)) - storing) / distances[lane]);
                moved |= 1u << lane;
            }
        }

        TileEngine.Best.MoveTowards(weights.Panel(panel), Center.Panel(panel), weights.Columns, factors, moved);
    }

    private void RequireSameShape(PackedWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Rows != Center.Rows || weights.Columns != Center.Columns)
        {
            throw new ArgumentException("The weights need the shape of the ball's center.", nameof(weights));
        }
    }
}
