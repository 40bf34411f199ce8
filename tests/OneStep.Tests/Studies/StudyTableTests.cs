using System.Globalization;
using System.Text;
using System.Text.Json;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public sealed class StudyTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StudyPlan _plan = StudyScenes.Plan();
    private readonly CellStore _store;

    public StudyTableTests()
    {
        _store = new CellStore(_folder.FullName);
        StudyScenes.Run(_store, _plan);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_a_cell_has_what_was_asked_for_and_what_was_measured()
    {
        string[][] rows = Rows(StudyScenes.Csv(_plan, _store));

        Assert.Equal(["side", "c0", "seed", "key", "d", "radius", "training.steps"], rows[0][..7]);
        Assert.Equal(_plan.Cells.Select(c => $"{c.Values[0]},{c.Values[1]},{c.Values[2]},{c.Key}"), rows.Skip(1).Select(r => string.Join(',', r[..4])));
        int mean = Array.IndexOf(rows[0], "perturbationNorm.mean");
        for (int i = 0; i < 8; i++)
        {
            // The mean once more, from the rows of the examples.
            string[][] examples = [.. Rows(StudyScenes.Csv(_plan, _store, examples: true)).Where(r => r[3] == _plan.Cells[i].Key && r[6] == "flipped")];
            double[] norms = [.. examples.Select(r => double.Parse(r[11], CultureInfo.InvariantCulture))];
            Assert.Equal(norms.Average(), double.Parse(rows[i + 1][mean], CultureInfo.InvariantCulture), 1e-12);
        }
    }

    [Fact]
    public void There_is_neither_time_nor_machine_in_it()
    {
        string header = StudyScenes.Csv(_plan, _store).Split('\n')[0];
        Assert.All(["seconds", "trace", "version", "threads", "instructionSet"], word => Assert.DoesNotContain(word, header, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_row_an_example_has_its_cell()
    {
        string[][] rows = Rows(StudyScenes.Csv(_plan, _store, examples: true));

        Assert.Equal(["side", "c0", "seed", "key", "index", "label", "status", "score"], rows[0][..8]);
        Assert.Equal(1 + (8 * 20), rows.Length);
        Assert.Equal(Enumerable.Range(0, 160).Select(i => $"{i % 20}"), rows.Skip(1).Select(r => r[4]));
        Assert.Equal(Enumerable.Range(0, 160).Select(i => _plan.Cells[i / 20].Key), rows.Skip(1).Select(r => r[3]));
    }

    [Fact]
    public void Missing_and_damaged_cells_are_told_apart()
    {
        string cells = Path.Combine(_folder.FullName, "cells");
        File.Delete(Path.Combine(cells, _plan.Cells[1].Key + ".json"));
        File.WriteAllText(Path.Combine(cells, _plan.Cells[4].Key + ".json"), "nonsense");

        StudyInventory inventory = new StudyTable(_plan, _store).Take();

        Assert.Equal([1, 4], inventory.Missing.Select(c => c.Index));
        Assert.Equal([0, 2, 3, 5, 6, 7], inventory.Finished.Select(c => c.Index));
        Sentences.AssertOneSentence(Assert.Single(inventory.Damaged));
        Assert.Equal(7, Rows(StudyScenes.Csv(_plan, _store)).Length);
    }

    [Fact]
    public void A_statistic_of_nothing_and_a_value_with_a_comma_have_their_form()
    {
        StudyPlan plan = StudyScenes.Plan("title: T\nparameters: {width: 16, untrained: true}\naxes: {digits: ['0,1', '1,0']}");
        StudyScenes.Run(_store, plan);

        string[] lines = StudyScenes.Csv(plan, _store).Split('\n');
        Assert.StartsWith("digits,seed,key,d,radius,deviation,cleanAccuracy,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"\"0,1\",0,{plan.Cells[0].Key},784,2.5,0,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_has_a_name_of_its_own_where_an_axis_is_called_like_a_number()
    {
        StudyPlan plan = StudyScenes.Plan("title: T\nparameters: {width: 16, epochs: 1, side: 4}\naxes: {deviation: [0.5, 0.25]}");
        StudyScenes.Run(_store, plan);

        string[][] rows = Rows(StudyScenes.Csv(plan, _store));
        Assert.Equal(rows[0].Length, rows[0].Distinct().Count());
        Assert.Equal("deviation", rows[0][0]);
        int measured = Array.IndexOf(rows[0], "measured.deviation");
        Assert.All(rows.Skip(1), row => Assert.InRange(double.Parse(row[measured], CultureInfo.InvariantCulture), 1e-3, double.Parse(row[0], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Cells_that_measure_different_things_share_a_table()
    {
        StudyPlan plan = StudyScenes.Plan(
            "title: T\nparameters: {width: 16, epochs: 1, side: 4, patience: 1, inner-steps: 1, robust-steps: 2}\naxes: {adversarial-budget: [0, 0.1], robust-budgets: ['', '0.2,0.3']}");
        StudyScenes.Run(_store, plan);

        string[][] rows = Rows(StudyScenes.Csv(plan, _store).Replace("\"0.2,0.3\"", "both", StringComparison.Ordinal));
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.DoesNotContain(rows[0], name => name.Contains("robustTrace", StringComparison.Ordinal) || name.EndsWith("clipped", StringComparison.Ordinal));
        string[] curves = [.. new[] { "budgets", "value", "attacks.one-step.accuracy", "attacks.pgd.accuracy" }.SelectMany(c => Enumerable.Range(0, 3).Select(i => $"robustAccuracy.{c}.{i}"))];
        Assert.Empty(curves.Except(rows[0]));
        int[] filled = [.. rows.Skip(1).Select(row => curves.Count(c => row[Array.IndexOf(rows[0], c)].Length > 0))];
        Assert.Equal([0, 8, 4, 12], filled);
    }

    [Fact]
    public void Json_has_the_same_rows_as_objects()
    {
        string[][] rows = Rows(StudyScenes.Csv(_plan, _store));
        using var stream = new MemoryStream();
        var table = new StudyTable(_plan, _store);
        TableWriter.WriteJson(stream, table.Cells(table.Take().Finished));

        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));
        JsonElement[] objects = [.. json.RootElement.EnumerateArray()];
        Assert.Equal(8, objects.Length);
        Assert.All(objects.Zip(rows.Skip(1)), pair => Assert.Equal(
            rows[0].Zip(pair.Second), pair.First.EnumerateObject().Select(p => (p.Name, p.Value.ValueKind == JsonValueKind.Null ? string.Empty : p.Value.ToString().Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal)))));
        Assert.Equal(JsonValueKind.String, objects[0].GetProperty("key").ValueKind);
        Assert.Equal(JsonValueKind.Number, objects[0].GetProperty("perturbationNorm.mean").ValueKind);
        Assert.True(objects[0].GetProperty("training.reachedBall").ValueKind is JsonValueKind.True or JsonValueKind.False);
    }

    private static string[][] Rows(string csv) => [.. csv.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
}
