using OneStep.Studies;
using OneStep.Training;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study whose cells attack trained networks, chosen by what differs between the cells.</summary>
internal static class AttackStudyFigures
{
    private const string RandomFunction = "Theory speaks of standard initialization: its random function is so steep, ‖∇f‖² ≈ d/2, that the step is short. Antisymmetric initialization starts at f = 0 and has none of it.";
    private const double FarFromLaw = 4;
    private const double TypicalC0 = 10;

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary, those that are numbers first.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Sections with figures; none where no figure fits.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes, CancellationToken cancellation)
    {
        FigureAxis? side = FigureAxis.Find(axes, FigureAxis.Side);
        FigureAxis? width = FigureAxis.Find(axes, FigureAxis.Width);
        FigureAxis? radius = FigureAxis.Find(axes, FigureAxis.Deviation) ?? FigureAxis.Find(axes, FigureAxis.C0);
        FigureAxis? budget = FigureAxis.Find(axes, FigureAxis.Budget);
        bool isAdversarial = results.Groups.Any(group => group.Parameters.Adversarial.IsOn);
        FigureAxis? method = FigureAxis.Find(axes, FigureAxis.Method);
        FigureAxis? digits = FigureAxis.Find(axes, FigureAxis.Digits);
        return method is not null && side is not null ? Methods(results, axes, method, side)
            : digits is not null && HammingFigure.Measured(results) ? Hamming(results, axes, digits, cancellation)
            : isAdversarial && width is not null && radius is not null ? PhaseTransition(results, axes, width, radius, cancellation)
            : isAdversarial && budget is not null ? Budgets(results, axes, budget, cancellation)
            : !isAdversarial && side is not null ? Dimension(results, axes, side, cancellation)
            : width is not null && results.Groups.All(group => group.Parameters.Training.Ball == BallMode.None) ? FreeDeviation(results, axes, width, cancellation)
            : [];
    }

    private static FigureSet[] Methods(StudyResults results, IReadOnlyList<FigureAxis> axes, FigureAxis method, FigureAxis side)
    {
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, side, method);
        return
        [
            new(
                "methods",
                "The attacks side by side",
                "Every attack had the same networks and images.",
                [.. panels.SelectMany(panel => new[] { MethodFigures.Ratio(panel, side), MethodFigures.Passes(panel, side) }).OfType<Figure>()]),
        ];
    }

    private static FigureSet[] Hamming(StudyResults results, IReadOnlyList<FigureAxis> axes, FigureAxis digits, CancellationToken cancellation)
    {
        // What is drawn is how many outputs there are, not which classes.
        FigureAxis outputs = digits with { Number = group => HammingFigure.OutputsOf(group) };
        FigureAxis[] others = [.. axes.Where(axis => axis != digits)];
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, [outputs, .. others], outputs, others.FirstOrDefault());
        return [new("hamming", "Pixels against outputs", string.Empty, [.. panels.Select(panel => HammingFigure.Of(panel, cancellation)).OfType<Figure>()])];
    }

    private static FigureSet[] Dimension(StudyResults results, IReadOnlyList<FigureAxis> axes, FigureAxis side, CancellationToken cancellation)
    {
        FigureAxis? initialization = FigureAxis.Find(axes, FigureAxis.Initialization);
        FigureAxis? series = initialization ?? axes.FirstOrDefault(axis => axis != side);
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, side, series);
        (StudyQuantity Quantity, string Title, double Exponent, string Slope)[] laws =
        [
            (initialization is null ? StudyQuantity.RelativePerturbation : StudyQuantity.MedianPerturbation, "How small a step flips the label", -0.5, "−1/2"),
            (StudyQuantity.GradientNorm, "How steep the network is", 0.5, "1/2"),
            (StudyQuantity.StepSize, "How short the step is", -1, "−1"),
        ];
        string remark = initialization is null ? Flattening(results) : RandomFunction;
        Figure[] powers = [.. panels.SelectMany(panel => laws.Select(law => new PowerLawFigure(law.Quantity, side, law.Exponent, law.Slope).Of(panel, law.Title, remark, cancellation))).OfType<Figure>()];

        Figure?[] spreads = [.. panels.SelectMany(panel => new[]
        {
            SpreadFigures.OverSeeds(panel, side),
            SpreadFigures.OverImages(results, Typical(panel), side, panel, cancellation),
        })];
        Figure?[] accuracies = [.. panels.Select(panel => StatisticFigure.Of(panel, StudyQuantity.CleanAccuracy, side))];
        string oneSeed = spreads.Any(figure => figure is null) ? " What has no figure has a single seed, or nothing was flipped." : string.Empty;
        return
        [
            new("dimension", "Against the dimension", "Sizes are relative to the image; axes are logarithmic, so that a power law is a straight line.", powers),
            new("spread", "Behind the means", "A mean hides how images and seeds differ." + oneSeed, [.. spreads.OfType<Figure>(), .. accuracies.OfType<Figure>()]),
        ];
    }

    // One series is enough to see the shape: that of a C0 about 10, and of these the widest networks.
    private static FigureSeries Typical(FigurePanel panel) =>
        panel.Series.OrderBy(series => Math.Abs(Math.Log(series.Points[0].Group.Parameters.C0 / TypicalC0))).ThenByDescending(series => series.Points[0].Group.Parameters.Width).First();

    /// <summary>Says where the power of −1/2 cannot hold yet, docs/protocol.md §5.</summary>
    private static string Flattening(StudyResults results)
    {
        double smallest = results.Groups.Min(group => group.Parameters.Dimension);
        double[] far = [.. results.Groups.Select(group => group.Parameters.C0).Distinct().Order().Where(c0 => c0 * c0 / 4 >= FarFromLaw * smallest)];
        return far.Length == 0 ? string.Empty
            : $"The law needs d well above C₀²/4: at C₀ = {string.Join(" and ", far.Select(c0 => NumberText.Exact(c0)))} the smaller dimensions lie below that, "
                + "and the curves flatten. ‖∇f‖² ≈ d/2 + C₀²/8 and a margin of about 0.18 C₀ fit all of them.";
    }

    private static FigureSet[] Budgets(StudyResults results, IReadOnlyList<FigureAxis> axes, FigureAxis budget, CancellationToken cancellation)
    {
        FigureAxis? side = FigureAxis.Find(axes, FigureAxis.Side);
        var figures = new BudgetFigures(budget);
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, budget, side ?? axes.FirstOrDefault(axis => axis != budget));
        Figure[] curves = [.. panels.SelectMany(panel => figures.Robust(panel) is { } robust ? new[] { robust, figures.Clean(panel) } : [])];
        Figure? half = side is null ? null : HalfBudgetFigure.Of(panels, cancellation);
        return
        [
            new("budget", "Against the budget", "Every mark is a network of its own, trained against attacks of that budget within its lazy ball.", curves),
            new(
                "half-budgets",
                "Where half of the images are lost",
                half is null ? "In fewer than two dimensions do the budgets lie on both sides of one half, so there is no curve of ε₅₀." : string.Empty,
                half is null ? [] : [half]),
        ];
    }

    private static FigureSet[] PhaseTransition(StudyResults results, IReadOnlyList<FigureAxis> axes, FigureAxis width, FigureAxis radius, CancellationToken cancellation)
    {
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, width, radius);
        return
        [
            new("phase", "Over width and radius", "Both axes are logarithmic; V = c/√m is a straight line of slope −1/2.", [.. panels.Select(panel => PhaseFigures.Map(panel, cancellation)).OfType<Figure>()]),
            new("collapse", "All widths on one curve", string.Empty, [.. panels.Select(PhaseFigures.Collapse).OfType<Figure>()]),
        ];
    }

    private static FigureSet[] FreeDeviation(StudyResults results, IReadOnlyList<FigureAxis> axes, FigureAxis width, CancellationToken cancellation)
    {
        IReadOnlyList<FigurePanel> panels = FigurePanel.Of(results, axes, width, axes.FirstOrDefault(axis => axis != width));
        var law = new PowerLawFigure(StudyQuantity.Deviation, width, -0.5, "−1/2");
        return
        [
            new(
                "deviation",
                "How far training moves a neuron",
                "Without a ball, plain SGD moves no neuron farther than of order 1/√m: the premise of the lazy regime.",
                [.. panels.Select(panel => law.Of(panel, "The largest distance of a neuron from its initial weights", string.Empty, cancellation)).OfType<Figure>()]),
        ];
    }
}
