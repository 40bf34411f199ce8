using OneStep.Experiments.Certification;

namespace OneStep.Reports.Sections;

/// <summary>What was certified against, how, and how to run it again.</summary>
internal static class CertificationMethodSection
{
    /// <summary>The section.</summary>
    public static Html Of(CertificationResult result, ReportProvenance provenance) => Html.Of($"""
        <section id="method" aria-labelledby="method-title">
          <h2 id="method-title">How this was made</h2>
          <p>At a point x′ the largest score y f(x′; W) of all networks of the ball is a formula, F↑(x′): each neuron moves by its radius V<sub>s</sub> along x′ or against it. Where
          F↑(x + δ) &lt; 0, no network of the ball says y at x + δ. Such δ are searched for along −y∇f(x; W₀) and by linearisations of F↑ from there, universal ones along −y W₀ᵀa; a stored δ
          counts only where F↑ is negative by more than the rounding error of its evaluation. With one query, the known score at the image bounds what the network can be elsewhere.{(result.Options.OwnStep
            ? " An own step is a size η for which y f(x − η y ∇f(x; W); W) is proved to be negative for all W of the ball at once; shown is the step of the trained network." : string.Empty)}</p>
          {FactList.Command(provenance.Command)}
          <div class="columns">
            {FactList.Of("Parameters", MethodSection.Parameters(result.Parameters, result.DatasetFingerprint, ("images certified", $"the first {NumberText.Count(result.Inputs.Count)} classified correctly")))}
            {FactList.Of("Training", MethodSection.Training(result.Parameters, result.Training, result.Deviation, result.CleanAccuracy))}
            {FactList.Of("Ball", Ball(result))}
            {FactList.Of("Run", Run(result, provenance))}
          </div>
        </section>
        """);

    private static IEnumerable<(string Name, string Value)> Ball(CertificationResult result)
    {
        yield return ("radii", result.Options.Radii == CertifiedRadii.Ball ? "V = C₀/√m for every neuron" : "the distance that each neuron moved, rounded up");
        yield return ("C₀ certified against, m^−1/2 Σ V", NumberText.Significant(result.CertifiedC0, 4));
        yield return ("holds the trained network", result.IsInBall ? "yes" : "no");
        yield return ("smallest cone that holds it, C₀", NumberText.Significant(result.Cone.C0, 4));
        yield return ("scale at which it is nearest to W₀", result.Cone.IsAttained ? NumberText.Significant(result.Cone.Scale, 6) : "none");
        yield return ("longest ‖δ‖/‖x‖ looked for", NumberText.Exact(result.Options.LongestRelativeNorm));
    }

    /// <summary>How long it took and on what.</summary>
    internal static IEnumerable<(string Name, string Value)> Run(CertifiedNetworkResult result, ReportProvenance provenance)
    {
        yield return ("OneStep", provenance.Version);
        yield return ("training took", NumberText.Seconds(result.TrainSeconds));
        foreach (SizeMeasurement size in result.Sizes)
        {
            yield return ($"{PerturbationNames.Of(size.Kind)} took", NumberText.Seconds(size.Seconds));
        }

        foreach (LowerBoundMeasurement bound in result.LowerBounds)
        {
            yield return ($"{LowerBoundSet.Name(bound.Kind)} bound took", NumberText.Seconds(bound.Seconds));
        }

        yield return ("the check took", NumberText.Seconds(result.CheckSeconds));
        foreach ((string Name, string Value) fact in MethodSection.Host(provenance))
        {
            yield return fact;
        }
    }
}
