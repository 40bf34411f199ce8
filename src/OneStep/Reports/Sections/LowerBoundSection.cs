using OneStep.Experiments.Certification;

namespace OneStep.Reports.Sections;

/// <summary>What is proved not to flip the trained network, as parts of the page of certificates; nothing where no bound was asked for.</summary>
internal static class LowerBoundSection
{
    /// <summary>Bounds that a flip contradicts.</summary>
    public static IEnumerable<Html> Notices(CertifiedNetworkResult result) => result.BrokenBounds.Select(violation => Html.Of($"""
        <p class="notice">Internal error: the {LowerBoundSet.Name(violation.Bound)} bound says that nothing below {NumberText.Significant(violation.Radius, 6)} flips image {violation.Index}, but the {PerturbationNames.Of(violation.Kind)} perturbation of {NumberText.Significant(violation.Norm, 6)} does.</p>
        """));

    /// <summary>The rows of the table.</summary>
    public static IEnumerable<Html> Rows(CertifiedNetworkResult result) => result.LowerBounds.Select(bound => Html.Of($"""
        <tr><th scope="row">nothing below, {LowerBoundSet.Name(bound.Kind)}</th>{CertificationSection.Cells(bound.Radius, isProved: true)}{CertificationSection.Cell(bound.OverOneStep.Median, isProved: true)}{CertificationSection.WhereTheorySpeaks(result, CertificationSection.Cell(null))}<td>{bound.Proved}/{result.Inputs.Count}</td><td>{NumberText.None}</td><td>{NumberText.Significant(bound.Seconds, 2)}</td></tr>
        """));

    /// <summary>What the smallest flip lies between, in a paragraph.</summary>
    public static Html Bracket(CertificationResult result)
    {
        if (result.LowerBounds.MaxBy(bound => bound.Radius.Median) is not { } tightest)
        {
            return Html.Of($"");
        }

        string ratio = tightest.OverBest.Median is { } median
            ? $" In the median the {LowerBoundSet.Name(tightest.Kind)} bound is {NumberText.RoundedDown(median)} of the shortest perturbation found: the shortest there is lies between the two."
            : string.Empty;
        return Html.Of($"""
            <p>The last rows are proofs of the opposite, for the trained network alone: no perturbation whatever that is shorter flips it. They too hold in double precision, rounding included,
            and each was held against everything that flips the network, which must be longer.{ratio}</p>
            """);
    }

    /// <summary>How a bound is computed, in a sentence.</summary>
    public static string Method(LowerBoundKind kind) => kind switch
    {
        LowerBoundKind.Global => "Global: the score over a Lipschitz constant of the network.",
        LowerBoundKind.Interval => "Interval: every neuron by itself, from layer to layer.",
        LowerBoundKind.Linear => "Linear: every relu between two lines, so that what a layer puts out stays affine in δ.",
        LowerBoundKind.Spectral => "Spectral: a Lipschitz constant around the image, from the neurons that can switch there.",
        LowerBoundKind.Quadratic => "Quadratic: a quadratic form below the score, minimised over the ball by its dual.",
        _ => "Product: the margin over the product of the layers' spectral norms, without the neurons that are off wherever ‖δ‖ ≤ R.",
    };

    /// <summary>What the smallest flip of an image lies between, as its title.</summary>
    public static string Bracket(CertifiedInput input) =>
        (input.ProvedRadius is > 0 and var radius ? $"nothing below {NumberText.RoundedDown(radius)} flips it" : "nothing is proved of what flips it")
        + $"; this one of {NumberText.Significant(input[PerturbationKind.Best])} does";

    /// <summary>What stands behind the title of an image; nothing where nothing is proved of it.</summary>
    public static string Caption(CertifiedInput input) => input.ProvedRadius is > 0
        ? $"; nothing below {NumberText.RoundedDown(input.ProvedRadius.Value)} flips the trained network" : string.Empty;
}
