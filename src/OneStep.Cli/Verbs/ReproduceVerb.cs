using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Data;
using OneStep.Reports;
using OneStep.Reproduction;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>reproduce</c>: measures every claim of the poster and of the systems it builds on, draws the figures and judges them.</summary>
/// <param name="host">The terminal.</param>
internal sealed class ReproduceVerb(CliHost host)
{
    private static readonly string[] Examples =
    [
        "onestep reproduce",
        "onestep reproduce --profile standard --out poster",
        "onestep reproduce --seed 100 --out other-networks --json",
    ];

    private readonly ReproduceOptions _options = new();

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand()
    {
        var command = new Command("reproduce", "Measure every claim of the poster and of the systems it builds on, draw the figures, and write a report with a verdict on each.");
        foreach (Option option in _options.Groups.SelectMany(group => group.Options))
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>The verb's help page.</summary>
    public HelpPage Help(Command command) => new(command, _options.Groups, Examples);

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        ReproduceRequest request = _options.Read(parse);
        ImageDataset images = request.DataFolder is null ? EmbeddedMnist.Load() : ImageDataset.FromDirectory(request.DataFolder);
        cancellation.ThrowIfCancellationRequested();
        ReproductionPlan plan = ReproductionPlan.Of(request.Profile, EmbeddedStudies.Load, images.Fingerprint, request.Seed);
        var folder = new ReproductionFolder(request.Folder);
        var execution = new StudyExecution
        {
            Threads = request.Threads,
            AvailableMemory = AvailableMemory.Bytes(),
            Version = ProgramVersion.Text,
            InstructionSet = ProgramVersion.InstructionSet,
            Cancellation = cancellation,
        };
        ReproductionEstimate estimate = ReproductionEstimate.Of(plan, images, folder.Store, execution);
        host.Error.WriteLine(ReproductionText.Estimate(request, estimate));
        IStudyDisplay display = request.ShowProgress ? StudyDisplay.For(host) : StudyDisplay.Silent(host);
        using ReproductionResult result = display.Show(progress => new ReproductionRunner(plan, images, folder.Store).Run(
            execution with { Progress = host.Activity.Forwarding(progress, folder.Store.Folder) }));
        IReadOnlyList<string> files = [];
        host.Activity.Writing(request.Folder, () => files = folder.Write(result, Provenance(request), cancellation));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        host.WriteOutput(request.Json
            ? ReproductionJson.Format(result, estimate, seconds)
            : ReproductionText.Checklist(result, Path.Combine(request.Folder, files[^1]), host.OutputTraits));
        return result.Failures.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static ReportProvenance Provenance(ReproduceRequest request) => new()
    {
        Version = ProgramVersion.Text,
        Command = request.Command,
        InstructionSet = ProgramVersion.InstructionSet,
        Threads = request.Threads,
        OperatingSystem = RuntimeInformation.OSDescription,
    };
}
