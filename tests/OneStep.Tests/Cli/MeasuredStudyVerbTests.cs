using System.Text;
using System.Text.Json;
using OneStep.Experiments.Kinds;
using OneStep.Studies;
using OneStep.Tests.Studies;

namespace OneStep.Tests.Cli;

/// <summary>Studies of random networks through the program, from the file to the report.</summary>
public sealed class MeasuredStudyVerbTests : IDisposable
{
    private const string Random =
        """
        title: One step on random networks
        experiment: random-two-layer
        parameters: {networks: 5, width: $dimension}
        axes: {dimension: [8, 16, 32]}
        seeds: [0, 4]
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;
    private readonly string _data;

    public MeasuredStudyVerbTests()
    {
        _file = _folder.Put("random.yaml", Encoding.UTF8.GetBytes(Random));
        _data = Directory.CreateDirectory(_folder.At("data")).FullName;
        StudyScenes.WriteIdx(_data);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_cell_has_the_numbers_of_its_experiment()
    {
        CliRun run = Study("run", "--threads", "2");
        using var cells = JsonDocument.Parse(Study("export", "--json").Output);
        string[][] networks = [.. Study("export", "--examples").Output.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains("6 of 6 cells finished, 6 of them computed now", run.Output, StringComparison.Ordinal);
        Assert.Equal(["dimension", "seed", "width", "key"], networks[0][..4]);
        Assert.Equal(1 + (6 * 5), networks.Length);
        foreach (JsonElement cell in cells.RootElement.EnumerateArray())
        {
            string dimension = cell.GetProperty("dimension").GetRawText();
            Dictionary<string, string> given = new() { ["networks"] = "5", ["dimension"] = dimension, ["width"] = dimension };
            Measurement measured = ExperimentKinds.Find("random-two-layer")!.Read(given, cell.GetProperty("seed").GetUInt64()).Run(images: null, new() { Threads = 1 });
            using var alone = JsonDocument.Parse(measured.Json);
            Assert.Equal(alone.RootElement.GetProperty("perturbationNorm").GetProperty("mean").GetDouble(), cell.GetProperty("perturbationNorm.mean").GetDouble());
            Assert.Equal(measured.Rows, networks.Where(row => row[3] == cell.GetProperty("key").GetString()).Select(row => row[4..]));
        }
    }

    [Fact]
    public void A_cell_is_the_same_whatever_the_data_are()
    {
        Study("run");
        Assert.Contains(" 6 of 6 cells finished, 0 of them computed now", CliRun.Of("study", "run", _file, "--store", _folder.At("store")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_has_figures_of_what_was_measured()
    {
        Study("run");
        CliRun report = Study("report", "--out", _folder.At("report"));

        Assert.Equal((0, string.Empty), (report.ExitCode, report.Error));
        string page = File.ReadAllText(Path.Combine(_folder.At("report"), "report.html"));
        Assert.Contains("random-two-layer", page, StringComparison.Ordinal);
        Assert.Contains("6 of 6", page, StringComparison.Ordinal);
        string table = File.ReadAllText(Path.Combine(_folder.At("report"), "tables", "cells.csv"));
        Assert.Equal(Study("export").Output, table);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder.At("report"), "figures")));
    }

    [Fact]
    public void Changes_and_errors_speak_of_the_parameters_of_the_experiment()
    {
        CliRun unknown = Study("run", "--set", "c0=5");
        CliRun range = Study("run", "--set", "networks=0");

        Assert.Equal((2, 2), (unknown.ExitCode, range.ExitCode));
        Assert.StartsWith("--set c0=5: there is no parameter 'c0'; the parameters are dimension, ", unknown.Error, StringComparison.Ordinal);
        Assert.StartsWith("--set networks=0: parameter 'networks' has the value 0; it must be ", range.Error, StringComparison.Ordinal);
        Assert.Contains(" 2 of 2 cells finished", Study("run", "--set", "dimension=4").Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Every_kind_of_experiment_can_be_studied(string name)
    {
        ExperimentKind kind = ExperimentKinds.Find(name)!;
        var plan = StudyPlan.Of(StudyFile.Parse($"title: T\nexperiment: {name}\nseeds: 2", "x", "x.yaml"), new string('a', 64));

        Assert.Equal(kind.Parameters.Select(parameter => parameter.Name).Append("seed"), plan.Cells[0].Experiment.Entries.Select(entry => entry.Key));
        Assert.Equal(kind.NeedsImages, plan.Cells[1].Key != plan.On(new string('b', 64)).Cells[1].Key);
        IMeasuredExperiment again = kind.Read(plan.Cells[1].Experiment.Entries.SkipLast(1).ToDictionary(), seed: 1);
        Assert.Equal(plan.Cells[1].Experiment.Entries.SkipLast(1), again.Entries);
    }

    public static TheoryData<string> KindNames() => [.. ExperimentKinds.All.Select(kind => kind.Name)];

    private CliRun Study(string verb, params string[] options) => CliRun.Of(["study", verb, _file, "--store", _folder.At("store"), "--data", _data, .. options]);
}
