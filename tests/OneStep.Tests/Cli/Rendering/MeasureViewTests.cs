using OneStep.Cli.Rendering;
using OneStep.Experiments.Kinds;

namespace OneStep.Tests.Cli.Rendering;

public class MeasureViewTests
{
    private const string Document = """
        {
          "parameters": {"width": 100, "ratio": 1E-05, "hiddenWidths": [4, 2], "seed": 18446744073709551615},
          "found": 12, "share": 0.123456, "loss": null, "kind": "ridge", "converged": true,
          "size": {"mean": 1.5, "median": 1, "std": null, "min": 0.5, "max": 2.5},
          "fit": {"steps": 40, "residualNorm": {"mean": 7, "median": 7, "std": 0, "min": 7, "max": 7}},
          "curve": [1, 2, null],
          "attacks": [{"name": "one-step", "share": 0.5}, {"passes": 3}],
          "foundOf": {"mean": 3, "median": 2, "std": 1, "min": 1, "max": 4, "found": 9},
          "seconds": {"fit": 1.25, "attack": 0.5}
        }
        """;

    [Fact]
    public void Counts_summaries_and_lists_stand_under_their_names_in_words()
    {
        string[] lines = Render(Document, rows: null, width: 80).Split('\n');

        Assert.Equal($"{ExperimentKinds.All[0].Name}: width 100, ratio 1E-05, hidden widths 4,2, seed 18446744073709551615.", lines[1]);
        Assert.Equal(
            [
                "found 12", "share 0.123", "loss -", "kind ridge", "converged yes", "fit: steps 40", "attacks: one-step: share 0.500", "found of: found 9",
                "mean median std min max", "size 1.50 1.00 - 0.500 2.50", "fit: residual norm 7.00 7.00 0 7.00 7.00", "found of 3.00 2.00 1.00 1.00 4.00",
                "curve", "0 1.00", "1 2.00", "2 -",
                "Took 1.8 s.", "Add --rows FILE for every row, --json for every number.",
            ],
            lines.Skip(2).Where(line => line.Length > 0 && !line.Contains('─')).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [Fact]
    public void Narrow_terminals_show_fewer_statistics() =>
        Assert.Contains("mean   median\n", Render(Document, rows: null, width: 45), StringComparison.Ordinal);

    [Fact]
    public void Long_lists_are_thinned_and_keep_their_ends()
    {
        string list = $$"""{"parameters": {}, "curve": [{{string.Join(',', Enumerable.Range(0, 201))}}], "seconds": 1}""";
        string[] rows = [.. Render(list, rows: "rows.csv", width: 80).Split('\n').Where(line => line.Length > 1 && char.IsDigit(line[1]))];

        Assert.Equal(21, rows.Length);
        Assert.StartsWith(" 0 ", rows[0], StringComparison.Ordinal);
        Assert.StartsWith(" 200 ", rows[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Written_rows_are_named() =>
        Assert.EndsWith("Took 1.8 s.\nRows: rows.csv\n", Render(Document, "rows.csv", width: 80), StringComparison.Ordinal);

    private static string Render(string json, string? rows, int width) =>
        new MeasureView(ExperimentKinds.All[0], new(json, [], []), rows, TerminalTraits.Redirected with { Width = width }).Render();
}
