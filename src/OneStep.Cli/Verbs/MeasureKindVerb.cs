using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Data;
using OneStep.Experiments.Kinds;
using OneStep.Formats;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>One kind of experiment below the verb <c>measure</c>; its options are the kind's parameters.</summary>
/// <param name="host">The terminal.</param>
/// <param name="kind">The kind.</param>
internal sealed class MeasureKindVerb(CliHost host, ExperimentKind kind)
{
    private readonly MeasureOptions _options = new(kind);

    /// <summary>The experiment as the parser knows it.</summary>
    public Command ToCommand()
    {
        var command = new Command(kind.Name, kind.Summary);
        foreach (Option option in _options.Groups.SelectMany(group => group.Options))
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>The help page.</summary>
    public HelpPage Help(Command command) => new(
        command,
        _options.Groups,
        [
            $"onestep measure {kind.Name}",
            $"onestep measure {kind.Name} --seed 1 --rows rows.csv",
            $"onestep measure {kind.Name} --json",
        ]);

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        MeasureRequest request = _options.Read(parse);
        ImageDataset? images = !kind.NeedsImages ? null
            : request.DataFolder is { } folder ? ImageDataset.FromDirectory(folder)
            : EmbeddedMnist.Load();
        Measurement measurement = ExperimentWork.Run(host, request.Threads, request.ShowProgress, cancellation, execution => request.Experiment.Run(images, execution));
        Show(measurement, request, cancellation);
        return ExitCodes.Done;
    }

    private void Show(Measurement measurement, MeasureRequest request, CancellationToken cancellation)
    {
        var files = new RequestedFiles(host, cancellation);
        string? written = files.Write(request.RowsPath, () =>
            AtomicFile.Write(request.RowsPath!, stream => TableWriter.WriteCsv(stream, measurement.Rows.Prepend(measurement.Columns))));
        host.WriteOutput(request.Json ? measurement.Json + "\n" : new MeasureView(kind, measurement, written, host.OutputTraits).Render());
        files.RequireWritten();
    }
}
