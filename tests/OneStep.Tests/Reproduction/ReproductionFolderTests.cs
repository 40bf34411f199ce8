using System.Text;
using System.Text.Json;
using OneStep.Reproduction;
using OneStep.Studies;

namespace OneStep.Tests.Reproduction;

public sealed class ReproductionFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_figure_and_table_stands_beside_the_page()
    {
        string path = Write("out");

        string[] figures = Names(path, "figures");
        string[] tables = Names(path, "tables");
        string page = File.ReadAllText(Path.Combine(path, "report.html"));
        Assert.All(figures, figure => Assert.Contains($"data-figure=\"{figure[..^".vl.json".Length]}\"", page, StringComparison.Ordinal));
        Assert.All(figures, figure => JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "figures", figure))).Dispose());
        Assert.Equal(figures.Length, page.Split("data-figure=").Length - 1);
        Assert.Subset(tables.ToHashSet(), new HashSet<string>(["widths-cells.csv", "radii-cells.csv", "budgets-cells.csv", "phase-cells.csv", "deviation-cells.csv", "fits.csv"]));
        Assert.Contains("widths-relative-perturbation.csv", tables);
        Assert.Equal(13, File.ReadAllLines(Path.Combine(path, "tables", "widths-cells.csv")).Length);
    }

    [Fact]
    public void Interrupted_damaged_and_resumed_with_other_threads_gives_the_same_bytes()
    {
        Dictionary<string, string> whole = Contents(Write("whole"));
        string path = _folder.At("resumed");
        var store = new CellStore(path);
        using (var stop = new CancellationTokenSource())
        {
            int finished = 0;
            var listener = new SynchronousProgress<StudyProgress>(report =>
            {
                finished += report.Event == StudyEvent.CellFinished ? 1 : 0;
                if (finished == 20)
                {
                    stop.Cancel();
                }
            });
            Assert.ThrowsAny<OperationCanceledException>(() => ReproductionScenes.Run(store, new() { Threads = 3, Progress = listener, Cancellation = stop.Token }));
        }

        // A killed process may leave half a file under another name; a broken disk half of one under its own.
        string[] cells = Directory.GetFiles(Path.Combine(path, "cells"), "*.json");
        Assert.InRange(cells.Length, 20, whole.Count + 30);
        File.WriteAllText(Path.Combine(path, "cells", ".onestep-left.tmp"), "{");
        File.WriteAllText(cells[0], File.ReadAllText(cells[0])[..100]);

        Assert.Equal(whole, Contents(Write("resumed", threads: 1)));
    }

    [Fact]
    public void What_another_profile_left_is_taken_away_and_its_cells_stay()
    {
        string path = Write("out");
        File.WriteAllText(Path.Combine(path, "figures", "of-another-profile.vl.json"), "{}");
        File.WriteAllText(Path.Combine(path, "figures", "notes.txt"), "mine");
        int cells = Directory.GetFiles(Path.Combine(path, "cells")).Length;

        Write("out");

        Assert.DoesNotContain("of-another-profile.vl.json", Names(path, "figures"));
        Assert.Contains("notes.txt", Names(path, "figures"));
        Assert.Equal(cells, Directory.GetFiles(Path.Combine(path, "cells")).Length);
    }

    [Fact]
    public void Claims_are_numbers_and_intervals_lists_and_no_time_is_among_them()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Write("out"), "claims.json")));

        JsonElement root = document.RootElement;
        Assert.Equal(["profile", "seed", "datasetFingerprint", "claims", "studies", "failed"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(19, root.GetProperty("claims").GetArrayLength());
        JsonElement slope = root.GetProperty("claims").EnumerateArray().Single(claim => claim.GetProperty("id").GetString() == "perturbation-slope");
        Assert.Equal(JsonValueKind.Number, slope.GetProperty("measured").ValueKind);
        Assert.Equal(2, slope.GetProperty("interval").GetArrayLength());
    }

    [Fact]
    public void The_document_with_costs_says_what_was_expected_and_what_was_needed()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.At("out")));

        using JsonDocument document = JsonDocument.Parse(ReproductionJson.Format(result, new(54, 4, 12.5, 1000), 11));

        JsonElement estimate = document.RootElement.GetProperty("estimate");
        Assert.Equal((54, 4, 12.5, 1000L), (
            estimate.GetProperty("cells").GetInt32(), estimate.GetProperty("finished").GetInt32(), estimate.GetProperty("seconds").GetDouble(), estimate.GetProperty("memoryBytes").GetInt64()));
        Assert.Equal(11, document.RootElement.GetProperty("seconds").GetDouble());
    }

    private string Write(string name, int threads = 2)
    {
        var folder = new ReproductionFolder(_folder.At(name));
        using ReproductionResult result = ReproductionScenes.Run(folder.Store, new() { Threads = threads });
        IReadOnlyList<string> files = folder.Write(result, ReproductionScenes.Provenance);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(_folder.At(name), file)), file));
        return _folder.At(name);
    }

    private static string[] Names(string path, string subfolder) =>
        [.. Directory.GetFiles(Path.Combine(path, subfolder)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    // Everything but the page, which says when and how it was made, and the cells, whose provenance may differ.
    private static Dictionary<string, string> Contents(string path) => new[] { "figures", "tables" }
        .SelectMany(subfolder => Directory.GetFiles(Path.Combine(path, subfolder)))
        .Append(Path.Combine(path, ReproductionFolder.Claims))
        .ToDictionary(file => Path.GetRelativePath(path, file), file => Encoding.UTF8.GetString(File.ReadAllBytes(file)));
}
