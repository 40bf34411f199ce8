using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>
/// What figures of random networks have in common (docs/mathematics.md §19). A cell is an ensemble of networks, each at one random
/// input; lengths are over those of its networks that flip.
/// </summary>
internal static class EnsembleFigures
{
    private const string ScaledSymbol = "‖δ‖√d/‖x‖";

    /// <summary>The ordinate of everything that the theorems say not to depend on d.</summary>
    public static readonly CurveAxis ScaledLength = new(ScaledSymbol, "size ‖δ‖√d/‖x‖ of the flip", CurveScale.FromZero);

    /// <summary>The part of the networks that flip.</summary>
    public static readonly CurveAxis Share = new("share", "part of the networks that flip", CurveScale.Share);

    /// <summary>‖δ‖√d/‖x‖ of the single step.</summary>
    public static double? ScaledStep(CellResult cell) => cell.Number("scaledPerturbationNorm.mean");

    /// <summary>The part of an ensemble that the single step flips.</summary>
    public static double? Flipped(CellResult cell) => cell.Number("flippedShare");

    /// <summary>The mean of ‖δ‖√d/‖x‖, a curve a series.</summary>
    /// <param name="panel">The cells.</param>
    /// <param name="x">The abscissa.</param>
    /// <param name="name">Names the figure, without the panel.</param>
    /// <param name="title">Its title, without the panel.</param>
    /// <param name="text">What its caption begins with.</param>
    /// <param name="references">Lines beside the curves.</param>
    public static Figure? ScaledSteps(FigurePanel panel, FigureAxis x, string name, string title, string text, params ReadOnlySpan<ReferenceLine> references) =>
        new CurvesFigure(name + panel.Name, panel.Titled(title), text)
        {
            X = (x.Symbol, x.Title),
            Y = ScaledLength,
            Curves = MeasuredCurve.Of(panel, ScaledStep),
            References = [.. references],
        }.Draw();

    /// <summary>The part of the networks that flip; null where all do.</summary>
    /// <param name="panel">The cells.</param>
    /// <param name="x">The abscissa.</param>
    /// <param name="text">What the caption begins with.</param>
    /// <param name="curves">The shares.</param>
    public static Figure? Shares(FigurePanel panel, FigureAxis x, string text, IReadOnlyList<MeasuredCurve> curves) =>
        curves.SelectMany(curve => curve.Points).All(point => point.Mean.Mean == 1) ? null
            : new CurvesFigure("flipped-share" + panel.Name, panel.Titled("How many networks flip"), text) { X = (x.Symbol, x.Title), Y = Share, Curves = curves }.Draw();

    /// <summary>How many networks there were in all and how many the single step flips, as a sentence.</summary>
    public static string Count(StudyResults results)
    {
        int networks = (int)results.Cells.Sum(cell => cell.Number("networks") ?? 0);
        int flipped = (int)results.Cells.Sum(cell => cell.Number("flipped") ?? 0);
        return flipped == networks ? $"The step flips all of {NumberText.Count(networks)} networks." : $"The step flips {NumberText.Count(flipped)} of {NumberText.Count(networks)} networks.";
    }
}
