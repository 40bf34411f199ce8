using OneStep.Certificates.Vulnerability;
using OneStep.Experiments.Certification;
using OneStep.Statistics;

namespace OneStep.Reports.Sections;

/// <summary>What was certified: the head of its page, and the sizes as a table.</summary>
internal static class CertificationSection
{
    /// <summary>The title.</summary>
    public static string Title(CertificationResult result) => result[PerturbationKind.BallWide].Found == 0
        ? "No perturbation was found against every network of the ball"
        : $"One perturbation against every network of the ball of C₀ = {NumberText.Significant(result.CertifiedC0)}";

    /// <summary>The finding in a sentence or two.</summary>
    public static string Finding(CertificationResult result)
    {
        SizeMeasurement ballWide = result[PerturbationKind.BallWide];
        string certified = $"{NumberText.Count(ballWide.Found)} of {NumberText.Count(result.Inputs.Count)} correctly classified test images have a perturbation that flips every network of the ball, proved from "
            + (result.Options.Radii == CertifiedRadii.Ball ? "W₀ alone" : "W₀ and the distances that the neurons moved");
        return ballWide.Found == 0 ? $"{certified}; there may be some all the same."
            : $"{certified}, in the median {NumberText.Significant(ballWide.OverOneStep.Median)} times as long as the single step that flips the trained network. " + Trained(result, ballWide);
    }

    /// <summary>The head of the page.</summary>
    public static Html Head(CertificationResult result) => Html.Of($"""
        <header>
          <p class="kicker">OneStep · certificates of vulnerability</p>
          <h1>{Title(result)}</h1>
          <p class="lede">{Finding(result)}</p>
          <p class="network">{TaskText.Network(result.Parameters, result.Training, result.Deviation)}</p>
          {result.Violations.Select(violation => Html.Of($"<p class=\"notice\">Internal error: the {PerturbationNames.Of(violation.Kind)} perturbation of image {violation.Index} does not flip the trained network, which lies in the ball.</p>"))}
          {LowerBoundSection.Notices(result)}
        </header>
        """);

    /// <summary>The table, and why some images are not in it.</summary>
    public static Html Of(CertificationResult result) => Html.Of($"""
        <section id="certificates" aria-labelledby="certificates-title">
          <h2 id="certificates-title">What was certified</h2>
          <p>The first two rows are attacks on the trained network, which they know. The others are certificates: they know only the initial weights W₀ and how far each neuron may
          have moved, and hold for every network within that distance, trained on whatever data; one query knows the score of the network at the image besides. Universal
          perturbations of one class all have the same direction. Each was proved in double precision, rounding included, and then tried on the trained network.</p>
          {Table(result)}
          {LowerBoundSection.Bracket(result)}
          {result.Sizes.Where(size => size.NotFound.Count > 0).Select(size => NotFound(size, result.Options.LongestRelativeNorm))}
        </section>
        """);

    /// <summary>The sizes as a table, a row a kind and a bound.</summary>
    internal static Html Table(CertifiedNetworkResult result) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="Sizes">
        <table class="numbers">
          <thead><tr>
            <th scope="col">‖δ‖</th><th scope="col">median</th><th scope="col">mean</th><th scope="col">min</th><th scope="col">max</th><th scope="col">to one step</th>
            {WhereTheorySpeaks(result, Html.Of($"<th scope=\"col\">to theory</th>"))}<th scope="col">found</th><th scope="col">flip the {(result is CertificationResult ? "trained network" : "network")}</th><th scope="col">seconds</th>
          </tr></thead>
          <tbody>{result.Sizes.Select(size => Row(size, result))}{LowerBoundSection.Rows(result)}</tbody>
        </table>
        </div>
        """);

    private static string Trained(CertificationResult result, SizeMeasurement ballWide) =>
        !result.IsInBall ? "The network at hand lies outside that ball."
        : ballWide.Flipped == ballWide.Found ? "The trained network, one of them, falls to all."
        : $"The trained network, one of them, certainly falls to {NumberText.Count(ballWide.Flipped)}.";

    /// <summary>A cell of the column beside theory; nothing where there is no such column.</summary>
    internal static Html WhereTheorySpeaks(CertifiedNetworkResult result, Html cell) => result.Sizes.Any(size => size.Prediction is not null) ? cell : Html.Empty;

    private static Html Row(SizeMeasurement size, CertifiedNetworkResult result) => Html.Of($"""
        <tr><th scope="row">{PerturbationNames.Of(size.Kind)}</th>{Cells(size.Size)}{Cell(size.OverOneStep.Median)}{WhereTheorySpeaks(result, Cell(size.Prediction?.Ratio.Median))}<td>{size.Found}/{result.Inputs.Count}</td><td>{size.Flipped}</td><td>{NumberText.Significant(size.Seconds, 2)}</td></tr>
        """);

    private static Html NotFound(SizeMeasurement size, double limit) => Html.Of($"""
        <p>{PerturbationNames.Of(size.Kind)}: none found with ‖δ‖ ≤ {NumberText.Exact(limit)} ‖x‖ for {NumberText.Count(size.NotFound.Sum(none => none.Count))} images ({string.Join(", ", size.NotFound.Select(none => $"{NumberText.Count(none.Count)} {Reason(none.Reason)}"))}), which does not say that there is none.</p>
        """);

    private static string Reason(CertificateOutcome reason) => reason switch
    {
        CertificateOutcome.LabelNotGiven => "where no network of the ball says the label to begin with",
        CertificateOutcome.NoDirection => "without a direction",
        CertificateOutcome.WithinRounding => "within rounding",
        _ => "without one along the rays followed",
    };

    /// <summary>The median, mean and extremes as cells.</summary>
    internal static Html Cells(Summary summary, bool isProved = false) =>
        Html.Of($"{Cell(summary.Median, isProved)}{Cell(summary.Mean, isProved)}{Cell(summary.Min, isProved)}{Cell(summary.Max, isProved)}");

    /// <summary>A number as a cell, which shows few digits and carries them all.</summary>
    /// <param name="value">The number; null for none.</param>
    /// <param name="isProved">Whether more would not be true, so that digits are cut and not rounded.</param>
    internal static Html Cell(double? value, bool isProved = false) => value is { } number
        ? Html.Of($"""<td><data value="{number}" title="{number}">{(isProved ? NumberText.RoundedDown(number) : NumberText.Significant(number))}</data></td>""")
        : Html.Of($"<td>{NumberText.None}</td>");
}
