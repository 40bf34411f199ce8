using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Certification;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>certify</c>: perturbations that flip every network of the lazy ball, found from W0 alone and proved.</summary>
/// <param name="host">The terminal.</param>
/// <param name="backend">Does the work.</param>
internal sealed class CertifyVerb(CliHost host, IAttackBackend backend)
{
    private static readonly string[] Examples =
    [
        "onestep certify",
        "onestep certify --width 1000 --count 20",
        "onestep certify --c0 20 --radii measured --report certificates.html",
        "onestep certify --load run.safetensors --json",
    ];

    private static readonly CertificationOptions Defaults = new();

    private readonly ExperimentOptions _experiment = ExperimentOptions.ForCertification();
    private readonly AttackOptions _attack = new(saves: false);

    private readonly DocumentedOption<int> _count = Options.Integer(
        "--count", "Certify the first N test images that the network classifies correctly", "an integer from 1 on", ExperimentOptions.Text(Defaults.Count));

    private readonly DocumentedOption<CertifiedRadii> _radii = Options.Choice<CertifiedRadii>(
        "--radii",
        "Certify against the whole lazy ball, or against networks none of whose neurons moved further than the trained network's own",
        ExperimentOptions.Text(Defaults.Radii));

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand()
    {
        var command = new Command("certify", "Find perturbations from W0 alone that provably flip every network of the lazy ball.");
        _experiment.AddTo(command);
        command.Add(_count);
        command.Add(_radii);
        _attack.AddTo(command);
        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>The verb's help page.</summary>
    public HelpPage Help(Command command) =>
        new(command, [.. _experiment.GroupsWith(task: [_attack.Data], attack: [_count, _radii]), .. _attack.Groups], Examples);

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        ExperimentParameters parameters = _experiment.Read(parse, _attack.Loads(parse));
        CertificationOptions options = ReadOptions(parse);
        AttackRequest request = _attack.Read(parse);
        if (parameters.IsDeep)
        {
            throw new UsageException($"--hidden is {parameters.Hidden}, but must be left out: certificates speak of two-layer networks in the lazy ball.");
        }

        LoadedExperiment? loaded = null;
        try
        {
            loaded = LoadedNetwork.Of(backend, request, cancellation);
            if (loaded is not null)
            {
                parameters = _experiment.ReadFor(parse, loaded.Parameters, request.LoadPath!);
                RequireTwoLayers(parameters, request.LoadPath!);
            }

            CertificationRun run = Certify(parameters, options, request, loaded, cancellation);
            using (run.Model)
            {
                Show(run, request, cancellation);
            }

            RequireAllFall(run.Result);
            return ExitCodes.Done;
        }
        finally
        {
            loaded?.Model.Dispose();
        }
    }

    private CertificationOptions ReadOptions(ParseResult parse)
    {
        var options = new CertificationOptions
        {
            Count = _count.IsGiven(parse) ? parse.GetValue(_count) : Defaults.Count,
            Radii = _radii.IsGiven(parse) ? parse.GetValue(_radii) : Defaults.Radii,
        };
        options.Validate();
        return options;
    }

    private CertificationRun Certify(
        ExperimentParameters parameters, CertificationOptions options, AttackRequest request, LoadedExperiment? loaded, CancellationToken cancellation)
    {
        ImageDataset data = LoadedNetwork.ReadData(backend, request, loaded);
        cancellation.ThrowIfCancellationRequested();
        IProgressDisplay display = request.ShowProgress ? ProgressDisplay.For(host) : ProgressDisplay.Silent;
        return display.Show(progress => backend.Certify(parameters, options, data, loaded?.Model, new ExperimentExecution
        {
            Threads = request.Threads,
            AvailableMemory = AvailableMemory.Bytes(),
            Progress = host.Activity.Forwarding(progress),
            Cancellation = cancellation,
        }));
    }

    private void Show(CertificationRun run, AttackRequest request, CancellationToken cancellation)
    {
        // A full disk must not take the numbers with it: they are shown whatever became of the page.
        OneStepException? failure = null;
        if (request.ReportPath is { } report)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                host.Activity.Writing(report, () => backend.WriteReport(report, run, request.Command, request.Threads));
            }
            catch (OneStepException exception)
            {
                failure = exception;
            }
        }

        AttackRequest kept = failure is null ? request : request with { ReportPath = null };
        host.WriteOutput(request.Json ? CertificationJson.Format(run.Result) + "\n" : new CertificationView(run, kept, host.OutputTraits).Render());
        if (failure is not null)
        {
            throw failure;
        }
    }

    private static void RequireTwoLayers(ExperimentParameters parameters, string file)
    {
        if (parameters.IsDeep)
        {
            throw new UsageException($"--load is '{file}', which holds a deep network, but must be a two-layer network: only for those there is a lazy ball to certify against.");
        }
    }

    // Everything was shown; but what is shown is not to be trusted.
    private static void RequireAllFall(CertificationResult result)
    {
        if (result.Violations.Count > 0)
        {
            throw new OneStepException($"Internal error: {CertificationSentences.Violation(result.Violations[0])}");
        }
    }
}
