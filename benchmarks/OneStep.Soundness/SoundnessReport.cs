using System.Text;
using System.Text.Json;

namespace OneStep.Soundness;

/// <summary>What was found, as a table or as JSON.</summary>
internal static class SoundnessReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A row for every check, a sentence on all of them, and a line for every violation.</summary>
    public static string Table(IReadOnlyList<CheckTally> tallies)
    {
        var text = new StringBuilder();
        text.Append($"{"certificate",-22}{"instances",11}{"certificates",14}{"attacks",13}{"exact minima",14}{"smallest slack",16}{"violations",12}\n");
        for (int i = 0; i < tallies.Count; i++)
        {
            CheckTally tally = tallies[i];
            string slack = double.IsFinite(tally.SmallestSlack) ? tally.SmallestSlack.ToString("0.0e+00") : "-";
            text.Append($"{SoundnessRun.Checks[i].Name,-22}{tally.Instances,11}{tally.Certificates,14}{tally.Attacks,13}{tally.ExactMinima,14}{slack,16}{tally.Violations.Count,12}\n");
        }

        text.Append(Sentence(tallies)).Append('\n');
        foreach (string violation in Violations(tallies))
        {
            text.Append(violation).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The same for programs.</summary>
    public static string Json(SoundnessOptions options, IReadOnlyList<CheckTally> tallies, double seconds) => JsonSerializer.Serialize(
        new
        {
            options.Seed,
            options.First,
            options.Count,
            Checks = tallies.Select((tally, i) => new
            {
                SoundnessRun.Checks[i].Name,
                tally.Instances,
                tally.Certificates,
                tally.Attacks,
                tally.ExactMinima,
                SmallestSlack = double.IsFinite(tally.SmallestSlack) ? tally.SmallestSlack : (double?)null,
                Violations = tally.Violations.Count,
            }),
            Violations = Violations(tallies),
            Seconds = seconds,
        },
        Format) + "\n";

    private static string Sentence(IReadOnlyList<CheckTally> tallies) =>
        $"{tallies.Max(tally => tally.Instances)} instances, {tallies.Sum(tally => tally.Certificates)} certificates and bounds, "
        + $"{tallies.Sum(tally => tally.Attacks)} attacks, {tallies.Sum(tally => tally.ExactMinima)} exact minima, "
        + $"{tallies.Sum(tally => tally.Violations.Count)} violations.";

    private static IEnumerable<string> Violations(IReadOnlyList<CheckTally> tallies) =>
        tallies.SelectMany((tally, i) => tally.Violations.Select(violation => $"{SoundnessRun.Checks[i].Name}, {violation}"));
}
