using System.Globalization;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Statistics;
using OneStep.Studies;
using OneStep.Training;

namespace OneStep.Tests.Reports;

/// <summary>
/// Studies whose cells are made from formulas and kept in a real store: the sizes that fit published runs, with a factor for
/// every seed. Figures and reports need nothing more.
/// </summary>
internal static class SyntheticStudy
{
    public const string Dimension = "title: Dimension\nparameters: {width: 1000}\naxes: {c0: [10, 30], side: [5, 7, 10, 14, 20, 28]}\nseeds: 3";
    public const string OneSeed = "title: One seed\nparameters: {width: 1000, c0: 10}\naxes: {side: [5, 10, 28]}\nseeds: 1";
    public const string Budgets = "title: Budgets\nparameters: {width: 1000, ball: project}\naxes: {c0: [5, 10], side: [5, 10, 20], adversarial-budget: [0.05, 0.1, 0.2, 0.4, 0.8, 1.6]}\nseeds: 2";
    public const string Phase = "title: Phase\nparameters: {side: 10, ball: project}\naxes: {adversarial-budget: [0.2, 0.3], width: [50, 200, 800, 3200], deviation: [0.05, 0.1, 0.2, 0.4, 0.8, 1.6]}\nseeds: 2";
    public const string Deviation = "title: Deviation\nparameters: {side: 10, ball: none}\naxes: {width: [100, 1000, 10000]}\nseeds: 3";
    public const string Other = "title: Other\nparameters: {side: 10, width: 100}\naxes: {learning-rate: [0.1, 1], batch: [32, 64], initialization: [standard, antisymmetric]}\nseeds: 2";
    public const string Methods = "title: Attacks\nparameters: {width: 100}\naxes: {method: [one-step, deepfool, fgsm], side: [10, 20]}\nseeds: 2";
    public const string Hamming = "title: Pixels\nparameters: {method: hamming, output-moves: true, hidden: '8', side: 5}\naxes: {digits: ['0,1', '0,1,2', '0,1,2,3,4'], untrained: [false, true]}\nseeds: 3";
    public const string Initialization = "title: Initial functions\nparameters: {c0: 15}\naxes: {width: [1000, 10000], initialization: [standard, antisymmetric], side: [7, 14, 28]}\nseeds: 3";
    public const string Words = "title: Words\nparameters: {side: 10, width: 100}\naxes: {initialization: [standard, antisymmetric]}\nseeds: 1";

    private const int Images = 60;

    private static readonly string Fingerprint = new('b', 64);

    /// <summary>Runs a study.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="yaml">The study.</param>
    /// <param name="keep">Which cells are finished; all by default.</param>
    /// <param name="seconds">What a cell's provenance says it took.</param>
    public static StudyResults Run(string folder, string yaml, Func<StudyCell, bool>? keep = null, double seconds = 1.5)
    {
        StudyPlan plan = StudyPlan.Of(StudyFile.Parse(yaml, "synthetic", "synthetic.yaml"), Fingerprint);
        var store = new CellStore(folder);
        _ = store.Open(TimeProvider.System);
        foreach (StudyCell cell in plan.Cells.Where(cell => keep?.Invoke(cell) ?? true))
        {
            var provenance = new CellProvenance("0.1.0", "256-bit vectors", 2, seconds);
            if (cell.Experiment.Kind.IsAttack)
            {
                store.Write(Result(cell.Parameters), provenance);
            }
            else
            {
                store.Write(SyntheticMeasurement.Of(cell.Experiment, Fingerprint), provenance);
            }
        }

        return StudyResults.Read(plan, store);
    }

    /// <summary>A seed's factor: seeds 0, 1, 2 give 0.9, 1, 1.1.</summary>
    public static double Factor(ulong seed) => 0.9 + (0.1 * (seed % 3));

    /// <summary>The mean of ‖δ‖: .18 C0/√(d/2 + C0²/8), times the seed's factor.</summary>
    public static double Size(ExperimentParameters p) => Factor(p.Seed) * .18 * p.C0 / GradientNorm(p);

    /// <summary>‖∇f‖ = √(d/2 + C0²/8).</summary>
    public static double GradientNorm(ExperimentParameters p) => Math.Sqrt((p.Dimension / 2.0) + (p.C0 * p.C0 / 8));

    /// <summary>Robust accuracy: a plateau of .9, and one half of it where 3 ε √d is C0 times the seed's factor.</summary>
    public static double Robust(ExperimentParameters p, double budget) =>
        Math.Round(Images * .9 / (1 + Math.Pow(3 * budget * Math.Sqrt(p.Dimension) / (p.C0 * Factor(p.Seed)), 4)), MidpointRounding.ToEven) / Images;

    /// <summary>The single step is a fifth longer than other attacks.</summary>
    public static double OverBest(ExperimentParameters p) => p.Method.IsOneStep ? 1.2 : 1;

    /// <summary>How many pixels move all outputs: as many as outputs times the seed's factor, a quarter more when trained.</summary>
    public static double Pixels(ExperimentParameters p) => Factor(p.Seed) * (p.Untrained ? 1 : 1.25) * p.LayerWidths[^1];

    private static ExperimentResult Result(ExperimentParameters p)
    {
        AttackedExample[] rows = [.. Enumerable.Range(0, Images).Select(i => Row(p, i))];
        Summary Of(Func<AttackedExample, double?> quantity) => Summary.Of(rows.Where(row => row.Status == ExampleStatus.Flipped).Select(row => quantity(row)!.Value));
        double deviation = p.Training.Ball == BallMode.None ? 30 * Factor(p.Seed) / Math.Sqrt(p.Width) : p.Radius;
        return new()
        {
            Parameters = p,
            DatasetFingerprint = Fingerprint,
            Training = new(100, .5, deviation, deviation * Math.Sqrt(p.Width), ReachedBall: true, .1, .99, []),
            Deviation = deviation,
            CleanAccuracy = 1 - (1.0 / Images),
            Examples = new(Images, 1, Images - 1, 0, 0, 0),
            PerturbationNorm = Of(row => row.PerturbationNorm),
            RelativePerturbationNorm = Of(row => row.RelativePerturbationNorm),
            GradientNorm = Of(row => row.GradientNorm),
            StepSize = Of(row => row.StepSize),
            Margin = Of(row => row.Margin),
            Verified = Images - 1,
            Prediction = new(Of(row => 1.1 * row.PerturbationNorm), Of(_ => Math.Sqrt(p.Dimension / 2.0)), Of(row => 1.1 * row.StepSize)),
            Method = Method(p, Of),
            OutputMoves = p.OutputMoves ? new(p.LayerWidths[^1], Moves(Images, Pixels(p)), Moves(Images / 2, 2 * Pixels(p))) : null,
            RobustAccuracy = p.EvaluatedBudgets.Count == 0 ? null : new()
            {
                Budgets = [.. p.EvaluatedBudgets],
                Value = [.. p.EvaluatedBudgets.Select(budget => Robust(p, budget))],
                Attacks = [new("pgd(steps: 20)", [.. p.EvaluatedBudgets.Select(budget => Robust(p, budget))])],
                Warnings = [],
            },
            Seconds = new(1, .1, .1, null),
            Rows = rows,
            Rays = [],
        };
    }

    // One pixel flips a prediction; other attacks make the size small in their norm.
    private static MethodSummary Method(ExperimentParameters p, Func<Func<AttackedExample, double?>, Summary> of)
    {
        NormKind norm = ExperimentMethods.NormOf(p.Method.Name);
        return new(norm, of(row => norm == NormKind.L0 ? 1 : OverBest(p) * row.PerturbationNorm), p.Method.IsOneStep ? 3 : 30, p.Method.IsOneStep ? 1 : 20);
    }

    private static OutputMoveSummary Moves(int reached, double pixels) => new(Images, reached, Summary.Of([pixels]), Summary.Of([40]), Summary.Of([2]));

    // Sizes lie evenly around their mean, from half to one and a half of it.
    private static AttackedExample Row(ExperimentParameters p, int index) => new()
    {
        Index = index,
        Label = index % 2 == 0 ? -1 : 1,
        Status = index == 0 ? ExampleStatus.Misclassified : ExampleStatus.Flipped,
        Score = (index % 2 == 0 ? -1 : 1) * (index == 0 ? -1 : .18 * p.C0),
        InputNorm = 1,
        GradientNorm = GradientNorm(p),
        PerturbationNorm = index == 0 ? null : Size(p) * (.5 + ((index - 1.0) / (Images - 2))),
        AdversarialScore = index == 0 ? null : 1e-7,
    };

    /// <summary>A number of a table's row.</summary>
    public static double Number(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
