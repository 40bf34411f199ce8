using OneStep.Experiments.Certification;

namespace OneStep.Reports.Sections;

/// <summary>What the smallest flips of a network lie between: the head of its page, the sizes as a table, and how they were made.</summary>
internal static class BracketSection
{
    /// <summary>The title.</summary>
    public static string Title(BracketResult result)
    {
        SizeMeasurement best = result[PerturbationKind.Best];
        string below = $"Nothing below {NumberText.RoundedDown(result.LowerBounds.Max(bound => bound.Radius.Median))} flips the network";

        // Medians over different images do not close a bracket.
        return best.Found == result.Inputs.Count ? $"{below}, {NumberText.Significant(best.Size.Median)} does" : $"{below}, and for {NumberText.Count(best.Found)} of {NumberText.Count(result.Inputs.Count)} images something was found that does";
    }

    /// <summary>The finding in a sentence or two.</summary>
    public static string Finding(BracketResult result)
    {
        string medians = $"In the median over {NumberText.Count(result.Inputs.Count)} correctly classified test images. ";
        return result.Ratio is { } ratio
            ? medians + $"Image by image, the shortest perturbation there is has at least {NumberText.RoundedDown(ratio)} of the length of the shortest found, again in the median."
            : medians + "Nothing was found that flips an image; there may be something all the same.";
    }

    /// <summary>The head of the page.</summary>
    public static Html Head(BracketResult result) => Html.Of($"""
        <header>
          <p class="kicker">OneStep · the smallest flips, from both sides</p>
          <h1>{Title(result)}</h1>
          <p class="lede">{Finding(result)}</p>
          <p class="network">{TaskText.Network(result.Parameters, result.Training, result.Deviation)}</p>
          {LowerBoundSection.Notices(result)}
        </header>
        """);

    /// <summary>The table.</summary>
    public static Html Of(BracketResult result) => Html.Of($"""
        <section id="bracket" aria-labelledby="bracket-title">
          <h2 id="bracket-title">What flips, and what cannot</h2>
          <p>The first two rows are attacks, each of which flips the network in double precision: the single gradient step, and the shortest of it and of a walk along the boundary. The others are
          proofs of the opposite: no perturbation whatever that is shorter flips the network, rounding included. Each was held against everything that flips it, which must be longer.</p>
          {CertificationSection.Table(result)}
          {result.Sizes.Where(size => size.NotFound.Count > 0).Select(size => Html.Of($"<p>{PerturbationNames.Of(size.Kind)}: none found for {NumberText.Count(size.NotFound.Sum(none => none.Count))} images, which does not say that there is none.</p>"))}
        </section>
        """);

    /// <summary>How it was made, and how to run it again.</summary>
    public static Html Method(BracketResult result, ReportProvenance provenance) => Html.Of($"""
        <section id="method" aria-labelledby="method-title">
          <h2 id="method-title">How this was made</h2>
          <p>A bound says how far what every neuron puts out can move where ‖δ‖ ≤ R, and so the margin at the end; its radius is the largest R found at which the margin stays positive.
          {string.Join(" ", result.LowerBounds.Select(bound => LowerBoundSection.Method(bound.Kind)))}</p>
          {FactList.Command(provenance.Command)}
          <div class="columns">
            {FactList.Of("Parameters", MethodSection.Parameters(result.Parameters, result.DatasetFingerprint, ("images bracketed", $"the first {NumberText.Count(result.Inputs.Count)} classified correctly")))}
            {FactList.Of("Training", MethodSection.Training(result.Parameters, result.Training, result.Deviation, result.CleanAccuracy))}
            {FactList.Of("Run", CertificationMethodSection.Run(result, provenance))}
          </div>
        </section>
        """);
}
