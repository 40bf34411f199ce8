using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>attack</c>: train or load one network, attack the test images, show and keep what happened.</summary>
/// <param name="host">The terminal.</param>
/// <param name="backend">Does the work.</param>
internal sealed class AttackVerb(CliHost host, IAttackBackend backend)
{
    private static readonly string[] Examples =
    [
        "onestep attack",
        "onestep attack --side 14 --width 100000 --c0 5 --seed 3",
        "onestep attack --digits 3,5 --strong --save run.safetensors --report run.html",
        "onestep attack --method fgsm --hidden 512,256 --digits 0,1,2 --report run.html",
        "onestep attack --load run.safetensors --limit 100 --json",
    ];

    private readonly ExperimentOptions _experiment = new();
    private readonly AttackOptions _attack = new();

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand()
    {
        var command = new Command("attack", "Train a network in the lazy regime, or a deep one, and flip its predictions with one gradient step or another attack.");
        _experiment.AddTo(command);
        _attack.AddTo(command);
        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>The verb's help page.</summary>
    public HelpPage Help(Command command) => new(command, [.. _experiment.GroupsWith(task: [_attack.Data]), .. _attack.Groups], Examples);

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        ExperimentParameters parameters = _experiment.Read(parse, _attack.Loads(parse));
        AttackRequest request = _attack.Read(parse);
        using LoadedExperiment? loaded = LoadedNetwork.Of(backend, request, cancellation);
        if (loaded is not null)
        {
            parameters = _experiment.ReadFor(parse, loaded.Parameters, request.LoadPath!);
        }

        ExperimentRun run = RunExperiment(parameters, request, loaded, cancellation);
        using (run.Model)
        {
            var files = new RequestedFiles(host, cancellation);
            AttackRequest kept = request with
            {
                SavePath = files.Write(request.SavePath, () => backend.Save(request.SavePath!, run, cancellation)),
                ReportPath = files.Write(request.ReportPath, () => backend.WriteReport(request.ReportPath!, run, request.Command, request.Threads)),
            };
            host.WriteOutput(Text(run, kept));
            files.RequireWritten();
        }

        return ExitCodes.Done;
    }

    private ExperimentRun RunExperiment(
        ExperimentParameters parameters, AttackRequest request, LoadedExperiment? loaded, CancellationToken cancellation)
    {
        // Unpacking images keeps one processor busy; another one can compile meanwhile what will be needed. Nobody waits for it.
        _ = request.Threads > 1 ? Task.Run(() => Rehearse(request), CancellationToken.None) : Task.CompletedTask;
        ImageDataset data = LoadedNetwork.ReadData(backend, request, loaded);
        return ExperimentWork.Run(host, request.Threads, request.ShowProgress, cancellation, execution =>
            loaded is null ? backend.Run(parameters, data, execution) : backend.Attack(parameters, data, loaded.Model, execution));
    }

    private void Rehearse(AttackRequest request)
    {
        if (backend.Rehearse() is { } run)
        {
            using TrainedModel model = run.Model;
            _ = Text(run, request);
        }
    }

    private string Text(ExperimentRun run, AttackRequest request) => request.Json
        ? ExperimentJson.Format(run.Result) + "\n"
        : new AttackView(run, request, host.OutputTraits).Render();
}
