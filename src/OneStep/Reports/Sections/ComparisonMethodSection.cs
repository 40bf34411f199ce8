using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>What a comparison was asked for, how the attacks were configured, and how to run it again.</summary>
internal static class ComparisonMethodSection
{
    /// <summary>The section.</summary>
    public static Html Of(ComparisonResult result, ReportProvenance provenance) => Html.Of($"""
        <section id="method" aria-labelledby="method-title">
          <h2 id="method-title">How this was made</h2>
          {FactList.Command(provenance.Command)}
          <div class="columns">
            {FactList.Of("Parameters", MethodSection.Parameters(result.Parameters, result.DatasetFingerprint))}
            {FactList.Of("Training", MethodSection.Training(result.Parameters, result.Training, result.Deviation, result.CleanAccuracy))}
            {FactList.Of("Run", Run(result, provenance))}
          </div>
          <h3>The attacks as they ran</h3>
          <ul>{result.Attacks.Select(attack => Html.Of($"<li><code>{attack.Attack}</code></li>"))}</ul>
        </section>
        """);

    private static IEnumerable<(string Name, string Value)> Run(ComparisonResult result, ReportProvenance provenance)
    {
        yield return ("OneStep", provenance.Version);
        yield return ("training took", NumberText.Seconds(result.TrainSeconds));
        yield return ("the attacks took", NumberText.Seconds(result.Attacks.Sum(attack => attack.Seconds)));
        foreach ((string Name, string Value) fact in MethodSection.Host(provenance))
        {
            yield return fact;
        }
    }
}
