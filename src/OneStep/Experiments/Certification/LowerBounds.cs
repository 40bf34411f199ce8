using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Certificates.Robustness;
using OneStep.Numerics;
using OneStep.Statistics;

namespace OneStep.Experiments.Certification;

/// <summary>What is proved not to flip a network, held against what was found to flip it.</summary>
/// <param name="Rows">The inputs with their radii.</param>
/// <param name="Bounds">One a bound.</param>
/// <param name="Violations">Bounds that a flip contradicts: none, or the program is wrong.</param>
internal sealed record LowerBounds(
    IReadOnlyList<CertifiedInput> Rows, IReadOnlyList<LowerBoundMeasurement> Bounds, IReadOnlyList<LowerBoundViolation> Violations)
{
    // ‖δ‖ is the root of a sum of squares, rounded.
    private const int OtherRoundings = 4;

    /// <summary>Computes them.</summary>
    /// <param name="parameters">The network.</param>
    /// <param name="inputs">The inputs, each with its own function f.</param>
    /// <param name="asked">The bounds; there must be such for the network.</param>
    /// <param name="best">The shortest perturbations found: bounds look there.</param>
    /// <param name="tried">What flips the network, and the rows without radii.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static LowerBounds Find(
        ExperimentParameters parameters, ModelClassification inputs, LowerBoundSet asked, FoundPerturbations best, CheckedPerturbations tried, ExperimentExecution execution)
    {
        if (asked == LowerBoundSet.None)
        {
            return new(tried.Rows, [], []);
        }

        AttackExecution stage = PerturbationSearch.Stage(execution, "lower bounds");
        (RobustnessInputs Known, int[] Rows)[] parts =
        [
            .. inputs.Parts.Select(part => (RobustnessInputs.Of(
                part.Function, part.Classification.Examples.Inputs, best.Perturbations.SelectRows(part.Rows), stage), part.Rows)),
        ];
        double[]?[] radii = new double[]?[Enum.GetValues<LowerBoundKind>().Length];
        var bounds = new List<LowerBoundMeasurement>();
        foreach (LowerBoundKind kind in asked.For(parameters.IsDeep).Kinds)
        {
            long start = Stopwatch.GetTimestamp();
            double[] proved = Radii(LowerBoundSet.Bound(kind, parameters.IsDeep)!, parts, PerturbationSearch.Stage(execution, $"{LowerBoundSet.Name(kind)} bound"));
            radii[(int)kind] = proved;
            bounds.Add(Measurement(kind, proved, tried.Rows, Stopwatch.GetElapsedTime(start).TotalSeconds));
        }

        CertifiedInput[] rows = [.. tried.Rows.Select((row, i) => row with { Radii = [.. radii.Select(bound => bound?[i])] })];
        return new(rows, bounds, [.. rows.SelectMany((row, i) => Contradictions(row, tried.Flips(i), inputs.Inputs.Inputs.Columns))]);
    }

    /// <summary>Bounds of one input above the shortest perturbation that certainly flips it.</summary>
    /// <param name="row">The input.</param>
    /// <param name="flips">The kinds of perturbation that flip it.</param>
    /// <param name="dimension">The length of the input, d.</param>
    internal static IEnumerable<LowerBoundViolation> Contradictions(CertifiedInput row, IEnumerable<PerturbationKind> flips, int dimension)
    {
        PerturbationKind[] shortest = [.. flips.OrderBy(kind => row[kind]).Take(1)];
        double slack = RoundingError.Gamma(dimension + OtherRoundings);
        return shortest.SelectMany(flip => Enum.GetValues<LowerBoundKind>()
            .Where(bound => row[bound] > row[flip] * (1 + slack))
            .Select(bound => new LowerBoundViolation(bound, row[bound]!.Value, flip, row.Index, row[flip]!.Value)));
    }

    private static double[] Radii(IRobustnessBound bound, (RobustnessInputs Known, int[] Rows)[] parts, AttackExecution execution)
    {
        double[] radii = new double[parts.Sum(part => part.Rows.Length)];
        foreach ((RobustnessInputs known, int[] rows) in parts)
        {
            double[] proved = bound.Radii(known, execution);
            for (int i = 0; i < rows.Length; i++)
            {
                radii[rows[i]] = proved[i];
            }
        }

        return radii;
    }

    private static LowerBoundMeasurement Measurement(LowerBoundKind kind, double[] radii, IReadOnlyList<CertifiedInput> rows, double seconds) => new()
    {
        Kind = kind,
        Radius = Summary.Of(radii),
        OverOneStep = Over(PerturbationKind.OneStep, radii, rows),
        OverBest = Over(PerturbationKind.Best, radii, rows),
        Proved = radii.Count(radius => radius > 0),
        Seconds = seconds,
    };

    private static RatioSummary Over(PerturbationKind kind, double[] radii, IReadOnlyList<CertifiedInput> rows) =>
        CertificationSummary.Ratio(radii.Zip(rows).Where(pair => pair.Second[kind] is > 0).Select(pair => pair.First / pair.Second[kind]!.Value));
}
