using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>compare</c>: several attacks on the same network and images, side by side.</summary>
/// <param name="host">The terminal.</param>
/// <param name="backend">Does the work.</param>
internal sealed class CompareVerb(CliHost host, IAttackBackend backend)
{
    private static readonly string[] Examples =
    [
        "onestep compare",
        "onestep compare --methods one-step,boundary-walk --limit 500 --report compare.html",
        "onestep compare --hidden 512,256 --digits 0,1,2 --json",
        "onestep compare --load run.safetensors",
    ];

    // The slowest attacks take a hundred gradients an image: this many are a matter of a minute.
    private const int DefaultLimit = 100;

    private readonly ExperimentOptions _experiment = ExperimentOptions.ForComparison(DefaultLimit);
    private readonly AttackOptions _attack = new(saves: false);
    private readonly DocumentedOption<IReadOnlyList<string>> _methods = new(
        "--methods", "A,B,...", $"The attacks, of {string.Join(", ", ExperimentMethods.Names)}", ExperimentMethods.ListRange, ReadMethods)
    {
        DefaultText = string.Join(',', ExperimentMethods.Compared),
    };

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand()
    {
        var command = new Command("compare", "Run several attacks on the same network and images: size, passes, seconds, success.");
        _experiment.AddTo(command);
        command.Add(_methods);
        _attack.AddTo(command);
        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>The verb's help page.</summary>
    public HelpPage Help(Command command) =>
        new(command, [.. _experiment.GroupsWith(task: [_attack.Data], attack: [_methods]), .. _attack.Groups], Examples);

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        ExperimentParameters parameters = _experiment.Read(parse, _attack.Loads(parse));
        AttackRequest request = _attack.Read(parse);
        IReadOnlyList<string> methods = _methods.IsGiven(parse) ? parse.GetValue(_methods)! : ExperimentMethods.Compared;
        using LoadedExperiment? loaded = LoadedNetwork.Of(backend, request, cancellation);
        if (loaded is not null)
        {
            parameters = _experiment.ReadFor(parse, loaded.Parameters, request.LoadPath!);
        }

        ImageDataset data = LoadedNetwork.ReadData(backend, request, loaded);
        ComparisonRun run = ExperimentWork.Run(host, request.Threads, request.ShowProgress, cancellation, execution =>
            backend.Compare(parameters, methods, data, loaded?.Model, execution));
        using (run.Model)
        {
            Show(run, request, cancellation);
        }

        RequireContainment(run.Result);
        return ExitCodes.Done;
    }

    private void Show(ComparisonRun run, AttackRequest request, CancellationToken cancellation)
    {
        var files = new RequestedFiles(host, cancellation);
        AttackRequest kept = request with
        {
            ReportPath = files.Write(request.ReportPath, () => backend.WriteReport(request.ReportPath!, run, request.Command, request.Threads)),
        };
        host.WriteOutput(request.Json ? ComparisonJson.Format(run.Result) + "\n" : new ComparisonView(run.Result, kept, host.OutputTraits).Render());
        files.RequireWritten();
    }

    // Everything was shown; but what is shown is not to be trusted.
    private static void RequireContainment(ComparisonResult result)
    {
        if (result.Violations.Count > 0)
        {
            throw new OneStepException($"Internal error: {ComparisonSentences.Violation(result.Violations[0])}");
        }
    }

    private static bool ReadMethods(string text, out IReadOnlyList<string> value)
    {
        try
        {
            value = ExperimentMethods.ParseList(text);
            return true;
        }
        catch (InvalidParameterException)
        {
            value = [];
            return false;
        }
    }
}
