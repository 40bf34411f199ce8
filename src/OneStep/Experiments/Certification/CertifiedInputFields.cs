namespace OneStep.Experiments.Certification;

/// <summary>A certified input as a row of a table.</summary>
internal static class CertifiedInputFields
{
    private static readonly string[] Own = ["index", "label", "margin", "initialMargin"];

    /// <summary>The names of the columns, those of the JSON document.</summary>
    /// <param name="kinds">The kinds of perturbation that were looked for.</param>
    public static IReadOnlyList<string> Names(IEnumerable<PerturbationKind> kinds) => [.. Own, .. kinds.Select(CertificationJson.Name)];

    /// <summary>The fields of a row, one a column.</summary>
    public static IReadOnlyList<string> Of(CertifiedInput input, IEnumerable<PerturbationKind> kinds) =>
    [
        ExampleFields.Text(input.Index), ExampleFields.Text(input.Label), ExampleFields.Text(input.Margin), ExampleFields.Text(input.InitialMargin),
        .. kinds.Select(kind => ExampleFields.Text(input[kind])),
    ];
}
