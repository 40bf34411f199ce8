using OneStep.Experiments.Certification;

namespace OneStep.Reports.Sections;

/// <summary>What is proved not to flip the trained network, as parts of the page of certificates; nothing where no bound was asked for.</summary>
internal static class LowerBoundSection
{
    /// <summary>Bounds that a flip contradicts.</summary>
    public static IEnumerable<Html> Notices(CertificationResult result) => result.BrokenBounds.Select(violation => Html.Of($"""
        <p class="notice">Internal error: the {LowerBoundSet.Name(violation.Bound)} bound says that nothing below {NumberText.Significant(violation.Radius, 6)} flips image {violation.Index}, but the {PerturbationNames.Of(violation.Kind)} perturbation of {NumberText.Significant(violation.Norm, 6)} does.</p>
        """));

    /// <summary>The rows of the table.</summary>
    public static IEnumerable<Html> Rows(CertificationResult result) => result.LowerBounds.Select(bound => Html.Of($"""
        <tr><th scope="row">nothing below, {LowerBoundSet.Name(bound.Kind)}</th>{CertificationSection.Cells(bound.Radius)}{CertificationSection.Cell(bound.OverOneStep.Median)}<td>{NumberText.None}</td><td>{bound.Proved}/{result.Inputs.Count}</td><td>{NumberText.None}</td><td>{NumberText.Significant(bound.Seconds, 2)}</td></tr>
        """));

    /// <summary>What the smallest flip lies between, in a paragraph.</summary>
    public static Html Bracket(CertificationResult result)
    {
        if (result.LowerBounds.MaxBy(bound => bound.Radius.Median) is not { } tightest)
        {
            return Html.Of($"");
        }

        string ratio = tightest.OverBest.Median is { } median
            ? $" In the median the {LowerBoundSet.Name(tightest.Kind)} bound is {NumberText.Significant(median)} of the shortest perturbation found: the shortest there is lies between the two."
            : string.Empty;
        return Html.Of($"""
            <p>The last rows are proofs of the opposite, for the trained network alone: no perturbation whatever that is shorter flips it. They too hold in double precision, rounding included,
            and each was held against everything that flips the network, which must be longer.{ratio}</p>
            """);
    }

    /// <summary>What stands behind the title of an image; nothing where nothing is proved of it.</summary>
    public static string Caption(CertifiedInput input) => input.ProvedRadius is > 0
        ? $"; nothing below {NumberText.Significant(input.ProvedRadius)} flips the trained network" : string.Empty;
}
