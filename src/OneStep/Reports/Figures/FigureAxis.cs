using System.Globalization;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>A parameter that differs between the finished cells of a study, as figures show it.</summary>
/// <param name="Parameter">Its name in the study.</param>
/// <param name="Symbol">What stands for it in legends, for example <c>m</c>.</param>
/// <param name="Title">What an axis is called.</param>
/// <param name="Number">Its number in a group of cells; null where it is a word.</param>
/// <param name="Text">Its value in a group of cells, as people read it.</param>
internal sealed record FigureAxis(string Parameter, string Symbol, string Title, Func<CellGroup, double?> Number, Func<CellGroup, string> Text)
{
    public const string Side = "side";
    public const string Dimension = "dimension";
    public const string Width = "width";
    public const string C0 = "c0";
    public const string Deviation = "deviation";
    public const string Budget = "adversarial-budget";
    public const string AttackBudget = "budget";
    public const string Scale = "scale";
    public const string Method = "method";
    public const string Digits = "digits";
    public const string Depth = "depth";
    public const string Initialization = "initialization";
    public const string Predictor = "predictor";
    public const string Regularization = "regularization";
    public const string HiddenLayers = "hidden-layers";
    public const string Layers = "layers";
    public const string Activation = "activation";
    public const string Profile = "profile";
    public const string Network = "network";

    // Words that need no name before them: "one-step", not "attack = one-step".
    private static readonly string[] Telling = [Method, Initialization, Predictor, Activation, Network];

    /// <summary>The study's axes that have two values or more among the finished cells, in the order of the study.</summary>
    public static IReadOnlyList<FigureAxis> Of(StudyResults results) =>
    [
        .. results.Plan.Definition.Axes.Select(axis => Of(results, axis.Parameter))
            .Where(axis => results.Groups.DistinctBy(axis.Text).Count() > 1),
    ];

    /// <summary>The axis of a parameter among those that vary; null where it does not.</summary>
    public static FigureAxis? Find(IEnumerable<FigureAxis> axes, string parameter) => axes.FirstOrDefault(axis => axis.Parameter == parameter);

    /// <summary>Several axes as one, for curves that differ in all of them; null for none.</summary>
    public static FigureAxis? Joined(IReadOnlyList<FigureAxis> axes) => axes.Count switch
    {
        0 => null,
        1 => axes[0],
        _ => new(
            string.Join('-', axes.Select(axis => axis.Parameter)),
            string.Join(", ", axes.Select(axis => axis.Symbol)),
            string.Join(", ", axes.Select(axis => axis.Title)),
            _ => null,
            group => string.Join(", ", axes.Select(axis => axis.Label(group)))) { IsTelling = true },
    };

    /// <summary>Whether its values need no name before them.</summary>
    private bool IsTelling { get; init; }

    /// <summary>The group's value, with its symbol unless it speaks for itself: <c>m = 1000</c>, <c>antisymmetric</c>.</summary>
    public string Label(CellGroup group) => Parameter == Profile ? $"{Text(group)} widths" : IsTelling ? Text(group) : $"{Symbol} = {Text(group)}";

    /// <summary>Whether every group has a number.</summary>
    public bool IsNumeric(IEnumerable<CellGroup> groups) => groups.All(group => Number(group) is not null);

    private static FigureAxis Of(StudyResults results, string parameter)
    {
        (string symbol, string title) = Names(parameter);
        double? Number(CellGroup group) => results.Number(group.Cells[0].Cell, parameter) is not { } number ? null : parameter == Side ? number * number : number;
        return new(
            parameter,
            symbol,
            title,
            Number,
            group => Number(group) is { } number ? NumberText.Exact(number) : results.Text(group.Cells[0].Cell, parameter)) { IsTelling = Telling.Contains(parameter) };
    }

    private static (string Symbol, string Title) Names(string parameter) => parameter switch
    {
        Side or Dimension => ("d", "input dimension d"),
        Width => ("m", "network width m"),
        C0 => ("C₀", "radius C₀ = V√m of the lazy ball"),
        Deviation => ("V", "radius V of the lazy ball"),
        Budget => ("ε", "budget ε of training and attack"),
        AttackBudget => ("ε", "budget ε"),
        Scale => ("s", "factor s of all weights"),
        Method => ("attack", "attack"),
        Digits => ("digits", "digits"),
        Depth or HiddenLayers => ("L", "number L of hidden layers"),
        Regularization => ("λ", "regularization λ"),
        _ => (parameter, CultureInfo.InvariantCulture.TextInfo.ToLower(parameter).Replace('-', ' ')),
    };
}
