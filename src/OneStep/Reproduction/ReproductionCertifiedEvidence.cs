using System.Globalization;
using OneStep.Claims;
using OneStep.Experiments.Certification;
using OneStep.Reports.Figures;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>Turns the finished cells of the studies of certificates into what their claims are judged by.</summary>
internal static class ReproductionCertifiedEvidence
{
    /// <summary>Reads the cells.</summary>
    /// <param name="studies">The studies.</param>
    /// <param name="trained">The adversarially trained networks, to be held against the bounds.</param>
    public static CertifiedEvidence Of(IReadOnlyList<ReproducedStudy> studies, ClaimEvidence trained)
    {
        T[] All<T>(Func<CellResult, T> read, params StudyRole[] roles) =>
        [
            .. studies.Where(study => roles.Contains(study.Study.Role)).SelectMany(study => study.Results.Cells).DistinctBy(cell => cell.Cell.Key).Select(read),
        ];
        return new()
        {
            BallWide = All(BallWide, StudyRole.BallWide),
            Frontier = All(Ball, StudyRole.Frontier, StudyRole.BudgetFrontier),
            Trained = [.. trained.BudgetSweep, .. trained.PhaseGrid],
            Multiples = All(Multiple, StudyRole.Cone),
            Bracketed = All(Bracketed, StudyRole.Bracket),
        };
    }

    private static CertifiedNetwork BallWide(CellResult cell) => new()
    {
        Dimension = Dimension(cell),
        Width = Integer(cell, "width"),
        C0 = Number(cell, "c0"),
        Seed = cell.Cell.Experiment.Seed,
        Images = Count(cell, "certified.inputs"),
        Found = Count(cell, "summary.ballWide.found"),
        IsInBall = Truth(cell, "certified.holdsTrained"),
        Flipped = Count(cell, "summary.ballWide.flipped"),
        Norm = cell.Number("summary.ballWide.median"),
        OverPrediction = cell.Number("summary.ballWide.prediction.ratio"),
    };

    private static CertifiedBall Ball(CellResult cell) => new()
    {
        Dimension = Dimension(cell),
        Width = Integer(cell, "width"),
        C0 = Number(cell, "c0"),
        Seed = cell.Cell.Experiment.Seed,
        Total = Count(cell, "corollary.count"),
        Budget = Number(cell, "budget"),
        UpperBound = cell.Number("corollary.upperBound")!.Value,
        Explicit = CorollaryFigures.MostRobust(cell),
    };

    private static ScaledNetwork Multiple(CellResult cell) => new()
    {
        Dimension = Dimension(cell),
        Width = Integer(cell, "width"),
        Seed = cell.Cell.Experiment.Seed,
        Scale = Number(cell, "scale"),
        NetworkC0 = cell.Number("trained.c0")!.Value,
        C0 = cell.Number("cone.c0")!.Value,
        IsInCone = Truth(cell, "inCone"),
        Found = Count(cell, "summary.ballWide.found") + Count(cell, "summary.universal.found"),
        Flipped = Count(cell, "summary.ballWide.flipped") + Count(cell, "summary.universal.flipped"),
    };

    private static NetworkBracket Bracketed(CellResult cell) => new()
    {
        Network = Enum.Parse<BracketedNetwork>(cell.Parameter("network"), ignoreCase: true),
        Dimension = Dimension(cell),
        Width = Integer(cell, "width"),
        Seed = cell.Cell.Experiment.Seed,
        Images = Count(cell, "certified.inputs"),
        FlippedShare = cell.Number("summary.oneStep.foundShare") ?? 0,
        ProvedOverBest = cell.Number("summary.lowerBounds.quadratic.overBest"),
        ProvedOverOneStep = cell.Number("summary.lowerBounds.quadratic.overOneStep"),
    };

    private static bool Truth(CellResult cell, string path) => bool.Parse(cell.Text(path)!);

    private static int Dimension(CellResult cell) => Count(cell, "d");

    private static int Count(CellResult cell, string path) => (int)cell.Number(path)!.Value;

    private static int Integer(CellResult cell, string name) => int.Parse(cell.Parameter(name), CultureInfo.InvariantCulture);

    private static double Number(CellResult cell, string name) => double.Parse(cell.Parameter(name), CultureInfo.InvariantCulture);
}
