namespace OneStep.Experiments.Certification;

/// <summary>Certified inputs as rows of a table.</summary>
internal static class CertifiedInputFields
{
    private static readonly string[] Own = ["index", "label", "margin", "initialMargin"];

    /// <summary>The names of the columns, those of the JSON document: a kind of perturbation that was looked for or a lower bound each.</summary>
    public static IReadOnlyList<string> Names(CertifiedNetworkResult result) =>
        [.. Own, .. result.Sizes.Select(size => CertificationJson.Name(size.Kind)), .. result.LowerBounds.Select(bound => LowerBoundSet.Name(bound.Kind))];

    /// <summary>The rows, one an input, with a field for each column.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(CertifiedNetworkResult result) => [.. result.Inputs.Select(input => Row(input, result))];

    private static IReadOnlyList<string> Row(CertifiedInput input, CertifiedNetworkResult result) =>
    [
        ExampleFields.Text(input.Index), ExampleFields.Text(input.Label), ExampleFields.Text(input.Margin), ExampleFields.Text(input.InitialMargin),
        .. result.Sizes.Select(size => ExampleFields.Text(input[size.Kind])), .. result.LowerBounds.Select(bound => ExampleFields.Text(input[bound.Kind])),
    ];
}
