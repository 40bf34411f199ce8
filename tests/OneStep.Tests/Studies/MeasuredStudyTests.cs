using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneStep.Experiments.Kinds;
using OneStep.Reports;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public sealed class MeasuredStudyTests : IDisposable
{
    private const string Study =
        """
        axes:
          count: [3, 6]
          spread: [1e0, 2.5]
        seeds: [0, 7]
        experiment: drawn-means
        title: Means
        """;

    private static readonly ExperimentKind[] Kinds = [new DrawnMeans(), new DrawnMeans("drawn-and-seen", needsImages: true)];

    private readonly TemporaryFolder _folder = new();
    private readonly CellStore _store;

    public MeasuredStudyTests() => _store = new CellStore(_folder.At("store"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cells_are_all_combinations_of_the_parameters_of_the_kind()
    {
        StudyPlan plan = Plan(Study);

        Assert.Equal("drawn-means", plan.Definition.Kind.Name);
        Assert.Equal(["count", "spread", "seed"], plan.Columns);
        Assert.Equal("count=6 spread=2.5 seed=7", plan.Cells[^1].Label);
        Assert.Equal(["3,1,0", "3,1,7", "3,2.5,0", "3,2.5,7", "6,1,0", "6,1,7", "6,2.5,0", "6,2.5,7"], plan.Cells.Select(cell => string.Join(',', cell.Values)));
        Assert.Throws<InvalidOperationException>(() => plan.Cells[0].Parameters);
    }

    [Fact]
    public void The_key_is_the_hash_of_the_kind_and_of_what_differs_from_its_defaults()
    {
        StudyPlan plan = Plan(Study);

        Assert.Equal(Hash("count=3\nexperiment=drawn-means\n"), plan.Cells[0].Key);
        Assert.Equal(Hash("count=6\nexperiment=drawn-means\nseed=7\nspread=2.5\n"), plan.Cells[^1].Key);
        Assert.Equal(Hash("experiment=drawn-means\n"), Plan("title: T\nexperiment: drawn-means").Cells.Single().Key);

        string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CellKey.Protocol + "\n" + text)))[..CellKey.Length];
    }

    [Theory]
    [InlineData("drawn-means", true)]
    [InlineData("drawn-and-seen", false)]
    [InlineData("attack", false)]
    public void The_data_are_in_the_key_where_the_kind_needs_images(string kind, bool isSame)
    {
        StudyPlan plan = Plan($"title: T\nexperiment: {kind}");
        Assert.Equal(isSame, plan.Cells[0].Key == plan.On(new string('e', 64)).Cells[0].Key);
    }

    [Fact]
    public void A_study_of_the_attack_may_say_so() =>
        Assert.Equal(StudyScenes.Plan().Cells.Select(cell => cell.Key), Plan(StudyScenes.Small + "\nexperiment: attack").Cells.Select(cell => cell.Key));

    [Fact]
    public void No_parameter_of_a_kind_has_the_name_of_another_entry_of_a_key() => Assert.All(
        ExperimentKinds.All.SelectMany(kind => kind.Parameters),
        parameter => Assert.DoesNotContain(parameter.Name, new[] { "experiment", "seed", "seeds", CellKey.FingerprintEntry }));

    [Theory]
    [InlineData("experiment: drawn", "small.yaml:2: 'experiment' is drawn; it must be attack or drawn-means or drawn-and-seen.")]
    [InlineData("experiment: [attack]", "small.yaml:2: 'experiment' must be one value here.")]
    [InlineData("parameters: {width: 5}\nexperiment: drawn-means", "small.yaml:2: there is no parameter 'width'; the parameters are count, spread, blocks.")]
    [InlineData("experiment: drawn-means\naxes: {seed: [1]}", "small.yaml:3: the parameter 'seed' is given by the key 'seeds'.")]
    [InlineData("experiment: drawn-means\naxes: {deviation: [1]}", "small.yaml:3: there is no parameter 'deviation'")]
    [InlineData("experiment: drawn-means\naxes:\n  count: [5, 0]", "small.yaml:4: axis 'count' has the value 0; it must be an integer from 1 to 1000.")]
    [InlineData("experiment: drawn-means\nparameters: {spread: wide}", "small.yaml:3: parameter 'spread' has the value wide; it must be a number.")]
    [InlineData("experiment: drawn-means\nparameters: {spread: $colour}", "small.yaml:3: parameter 'spread' has the value $colour; it must be a value, or $ and the name")]
    [InlineData("experiment: drawn-means\naxes: {spread: [1, 1.0]}", "small.yaml:3: axis 'spread' has the values 1 and 1.0, which make the same experiment.")]
    public void What_is_wrong_is_said_in_one_sentence_with_file_line_and_key(string rest, string sentence)
    {
        StudyFormatException exception = Assert.Throws<StudyFormatException>(() => Plan("title: T\n" + rest));
        Sentences.AssertOneSentence(exception.Message);
        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_may_follow_another_parameter_and_a_default()
    {
        StudyPlan plan = Plan("title: T\nexperiment: drawn-means\nparameters: {blocks: $count, spread: $count}\naxes: {count: [2, 3]}");
        Assert.Equal(["2,0,2,2", "3,0,3,3"], plan.Cells.Select(cell => string.Join(',', cell.Values)));
        Assert.Equal("4", Plan("title: T\nexperiment: drawn-means\nparameters: {blocks: $count}").Cells[0].Experiment.Entries[2].Value);
    }

    [Fact]
    public void Changes_name_the_parameters_of_the_kind()
    {
        StudyDefinition changed = StudyChange.Apply(Definition(Study), "blocks=2,3");
        Assert.Equal(16, changed.CellCount);
        Assert.Contains("the parameters are count, spread, blocks.", Assert.Throws<StudyFormatException>(() => StudyChange.Apply(changed, "width=5")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        StudyDefinition read = Definition(StudyWriter.Text(Definition(Study)));
        Assert.Equal(Plan(Study).Cells.Select(cell => cell.Key), StudyPlan.Of(read, StudyScenes.Dataset.Fingerprint).Cells.Select(cell => cell.Key));
        Assert.DoesNotContain("experiment", StudyWriter.Text(StudyScenes.Definition()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drawn-means")]
    [InlineData("drawn-and-seen")]
    public void Tables_are_the_same_whatever_the_threads_and_the_parts(string kind)
    {
        StudyPlan plan = Plan(Study.Replace("drawn-means", kind, StringComparison.Ordinal));
        var other = new CellStore(_folder.At("other"));

        StudyOutcome whole = StudyScenes.Run(_store, plan);
        StudyOutcome[] parts = [.. Enumerable.Range(1, 2).Select(i => StudyScenes.Run(other, plan, new() { Threads = 3, Shard = new(i, 2) }))];

        Assert.Equal((8, 8, 0), (whole.Finished, whole.Computed, whole.Failures.Count));
        Assert.Equal(8, parts.Sum(part => part.Computed));
        Assert.Equal(StudyScenes.Csv(plan, _store), StudyScenes.Csv(plan, other));
        Assert.Equal(StudyScenes.Csv(plan, _store, examples: true), StudyScenes.Csv(plan, other, examples: true));
        Assert.Equal(0, StudyScenes.Run(_store, plan).Computed);
    }

    [Fact]
    public void Every_measured_number_has_a_column_and_every_row_its_cell()
    {
        StudyPlan plan = Plan(Study);
        StudyScenes.Run(_store, plan);

        string[] cells = StudyScenes.Csv(plan, _store).Split('\n');
        string[][] rows = [.. StudyScenes.Csv(plan, _store, examples: true).TrimEnd('\n').Split('\n').Select(line => line.Split(','))];

        Assert.Equal("count,spread,seed,key,inputs.total,inputs.missing,drawnValue.mean,drawnValue.median,drawnValue.max,curve.0,curve.1,verdict,largeness.mean,largeness.max", cells[0]);
        Assert.StartsWith($"3,1,0,{plan.Cells[0].Key},3,", cells[1], StringComparison.Ordinal);
        Assert.EndsWith(",0.5,0.25,drawn,,", cells[1], StringComparison.Ordinal);
        Assert.Equal(["count", "spread", "seed", "key", "index", "value", "squared"], rows[0]);
        Assert.Equal(1 + (4 * 3) + (4 * 6), rows.Length);
        Assert.All(rows, row => Assert.Equal(7, row.Length));
        Assert.Equal(("0", string.Empty, string.Empty), (rows[1][4], rows[1][5], rows[1][6]));
        Assert.All(rows[^6..], row => Assert.Equal(Math.Pow(double.Parse(row[5], CultureInfo.InvariantCulture), 2), double.Parse(row[6], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Results_give_numbers_by_their_paths_and_rows_on_demand()
    {
        StudyPlan plan = Plan(Study);
        StudyScenes.Run(_store, plan);

        StudyResults results = StudyResults.Read(plan, _store);

        CellResult cell = results.Cells[4];
        CellRows rows = results.Rows(cell);
        double[] values = [.. rows.Rows.Select(row => double.Parse(row[1], CultureInfo.InvariantCulture))];
        Assert.Equal(["index", "value", "squared"], rows.Columns);
        Assert.Equal(values.Average(), cell.Number("drawnValue.mean")!.Value, 1e-12);
        Assert.Equal(6, cell.Number("inputs.total"));
        Assert.Equal(("drawn", null, null), (cell.Text("verdict"), cell.Number("verdict"), cell.Number("drawnValue.median")));
        Assert.Equal((string.Empty, null), (cell.Text("drawnValue.median"), cell.Text("nothing")));
        Assert.Throws<InvalidOperationException>(() => cell.Result);
        Assert.Equal([0UL, 7UL], results.Groups[0].Values(c => c.Number("drawnValue.mean")).Select(value => value.Seed));
    }

    [Fact]
    public void Attacks_give_their_numbers_by_path_as_well()
    {
        StudyPlan plan = StudyScenes.Plan();
        StudyScenes.Run(_store, plan);

        StudyResults results = StudyResults.Read(plan, _store);
        Assert.All(results.Cells, cell => Assert.Equal(cell.Result.PerturbationNorm.Mean, cell.Number("perturbationNorm.mean")));
        Assert.Equal(results.Cells[0].Result.Examples.Total, results.Rows(results.Cells[0]).Rows.Count);
        Assert.Equal(ExampleRows.Columns, results.Rows(results.Cells[0]).Columns);
    }

    [Fact]
    public void A_cell_that_cannot_be_computed_is_told_and_remembered()
    {
        StudyPlan plan = Plan(Study);

        StudyOutcome outcome = StudyScenes.Run(_store, plan, new() { Threads = 1, AvailableMemory = 40 });

        Assert.Equal([4, 5, 6, 7], outcome.Failures.Select(failure => failure.Cell.Index));
        Assert.Equal(outcome.Failures, new StudyTable(plan, _store).Take().Failed);
        Assert.All(outcome.Failures, failure => Assert.Equal("There is not enough memory for the numbers.", failure.Message));
    }

    [Fact]
    public void A_changed_number_is_damage()
    {
        StudyPlan plan = Plan(Study);
        StudyScenes.Run(_store, plan);
        string file = Path.Combine(_store.Folder, "cells", plan.Cells[0].Key + ".json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"drawn\"", "\"found\"", StringComparison.Ordinal));

        Assert.Equal([0], new StudyTable(plan, _store).Take().Missing.Select(cell => cell.Index));
        Assert.Equal(1, StudyScenes.Run(_store, plan).Computed);
    }

    [Fact]
    public void A_report_shows_every_measured_mean_against_the_first_number()
    {
        StudyPlan plan = Plan(Study);
        StudyScenes.Run(_store, plan);
        StudyResults results = StudyResults.Read(plan, _store);

        IReadOnlyList<FigureSet> figures = StudyFigures.Of(results);
        using var page = new StringWriter();
        StudyReport.Render(results, figures, new() { Version = "0.1.0", Command = "onestep study run means.yaml" }, page);

        Assert.Equal(["inputs-total", "drawn-value", "largeness"], Assert.Single(figures).Figures.Select(figure => figure.Name));
        string html = page.ToString();
        Assert.Contains("<h1>Means</h1>", html, StringComparison.Ordinal);
        Assert.Contains("onestep study run means.yaml", html, StringComparison.Ordinal);
        Assert.Contains("drawn-means", html, StringComparison.Ordinal);
        Assert.Contains(">drawn value</th>", html, StringComparison.Ordinal);
        Assert.Contains(">inputs, missing</th>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("flipped", html[..html.IndexOf("<script>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain(StudyScenes.Dataset.Fingerprint, html, StringComparison.Ordinal);
    }

    private static StudyDefinition Definition(string yaml) => StudyFile.Parse(yaml, "small", "small.yaml", Kinds);

    private static StudyPlan Plan(string yaml) => StudyPlan.Of(Definition(yaml), StudyScenes.Dataset.Fingerprint);
}
