using OneStep.Claims;
using OneStep.Reports;
using OneStep.Reports.Figures;
using OneStep.Statistics;

namespace OneStep.Reproduction;

/// <summary>What adversarial training reaches beside what is proved of every network of the same balls: the certified frontier over the
/// phase transition and over the sharp drop.</summary>
internal static class TrainedBesideCertified
{
    private const double Certified = 0.8;
    private static readonly double[] Trained = [0.5, 0.8];

    /// <summary>The radius from which on training reaches a level, and up to which none can, against the width; a figure a budget.</summary>
    /// <param name="evidence">What was proved and trained.</param>
    /// <param name="trained">Adversarially trained networks over widths and radii.</param>
    public static FigureSet OverWidths(CertifiedEvidence evidence, IReadOnlyList<AdversarialNetwork> trained) => Set(
        from network in trained
        group network by (network.Dimension, network.Budget) into measured
        orderby measured.Key
        let balls = evidence.Frontier.Where(ball => ball.Dimension == measured.Key.Dimension && ball.Budget == measured.Key.Budget).ToArray()
        where balls.Length > 0
        select new CurvesFigure(
            $"trained-beside-certified-d-{measured.Key.Dimension}-budget-{NumberText.Exact(measured.Key.Budget)}",
            $"The certified frontier below the measured transition: ε = {NumberText.Exact(measured.Key.Budget)}",
            $"By interpolation in log V. Certified: at the radii of the grid below the curve no network of the ball is robust on {Percent(Certified)} of the test images, whatever is trained. Trained: from this radius on adversarial training reaches the level. A width at which a seed does not pass the level has no point.")
        {
            X = ("m", "network width m"),
            Y = new("V", "radius V of the lazy ball", CurveScale.Logarithmic),
            Curves =
            [
                Crossings($"certified: never {Percent(Certified)}", balls.Select(ball => (ball.Width, ball.Seed, new CurvePoint(ball.Radius, ball.UpperBound))), Certified),
                .. Trained.Select(level => Crossings(
                    $"trained: {Percent(level)}", measured.Select(network => (network.Width, network.Seed, new CurvePoint(network.Radius, network.RobustAccuracy))), level)),
            ],
        }.Draw());

    /// <summary>Accuracy under attack against the budget, measured and at most possible, a curve a dimension and a figure a C0.</summary>
    /// <param name="evidence">What was proved and trained.</param>
    /// <param name="trained">Adversarially trained networks over dimensions and budgets.</param>
    public static FigureSet OverBudgets(CertifiedEvidence evidence, IReadOnlyList<AdversarialNetwork> trained) => Set(
        from network in trained
        group network by (network.C0, network.Width) into measured
        orderby measured.Key
        let balls = evidence.Frontier.Where(ball => ball.C0 == measured.Key.C0 && ball.Width == measured.Key.Width).ToArray()
        where balls.Length > 0
        select new CurvesFigure(
            $"trained-below-certified-c0-{NumberText.Exact(measured.Key.C0)}-width-{measured.Key.Width}",
            $"The sharp drop below the proved bound: C₀ = {NumberText.Exact(measured.Key.C0)}, m = {measured.Key.Width}",
            "Points: what training against attacks within ε keeps. Dashed: what every network of the ball keeps at most, proved from W₀ for the same images.")
        {
            X = ("ε", "budget ε"),
            Y = new("accuracy", "accuracy under attack", CurveScale.Share),
            Beside = "proved bound",
            Curves =
            [
                .. from dimension in measured.GroupBy(network => network.Dimension)
                   orderby dimension.Key
                   select new MeasuredCurve($"d = {dimension.Key}", Means(dimension.Select(network => (network.Budget, network.RobustAccuracy))))
                   {
                       Beside = [.. Means(balls.Where(ball => ball.Dimension == dimension.Key).Select(ball => (ball.Budget, ball.UpperBound))).Select(point => new CurvePoint(point.X, point.Mean.Mean))],
                   },
            ],
        }.Draw());

    private static FigureSet Set(IEnumerable<Figure?> figures) => new("beside-training", "Beside what training reaches", string.Empty, [.. figures.OfType<Figure>()]);

    private static MeasuredCurve Crossings(string name, IEnumerable<(int Width, ulong Seed, CurvePoint Point)> points, double level) => new(
        name,
        [
            .. from point in points
               group (point.Seed, point.Point) by point.Width into curves
               orderby curves.Key
               let radius = SeedCrossings.Of(curves, level)
               where radius is not null
               select new MeasuredPoint(curves.Key, radius),
        ]);

    private static MeasuredPoint[] Means(IEnumerable<(double X, double Y)> values) =>
    [
        .. from value in values
           group value.Y by value.X into same
           orderby same.Key
           let seeds = same.ToArray()
           select new MeasuredPoint(same.Key, new(seeds.Average(), ConfidenceInterval.OfMean(seeds), seeds.Length)),
    ];

    private static string Percent(double level) => $"{NumberText.Exact(100 * level)} %";
}
