namespace OneStep.Reports;

/// <summary>Figures that belong together: a section of a report.</summary>
/// <param name="Name">A name fit for an anchor, for example <c>dimension</c>; unique in a report.</param>
/// <param name="Title">The title, without markup.</param>
/// <param name="Text">What the figures have in common, and what was left out and why, without markup; may be empty.</param>
/// <param name="Figures">The figures.</param>
public sealed record FigureSet(string Name, string Title, string Text, IReadOnlyList<Figure> Figures);
