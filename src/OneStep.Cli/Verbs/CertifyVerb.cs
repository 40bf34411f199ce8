using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Certification;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>certify</c>: perturbations that flip every network of the lazy ball, found from W0 alone and proved; or what
/// they say of the robust accuracy of all of them. Of a deep network, which has no ball, the bracket of its smallest flips.</summary>
/// <param name="host">The terminal.</param>
/// <param name="backend">Does the work.</param>
internal sealed class CertifyVerb(CliHost host, IAttackBackend backend)
{
    private static readonly string[] Examples =
    [
        "onestep certify",
        "onestep certify --width 1000 --count 20",
        "onestep certify --c0 20 --radii measured --report certificates.html",
        "onestep certify --own-step --width 20000 --c0 1 --count 5",
        "onestep certify --width 1000 --side 14 --count 10 --lower-bounds all",
        "onestep certify --hidden 64,32 --digits 3,5,8 --report bracket.html",
        "onestep certify --load run.safetensors --json",
        "onestep certify --corollary --budget 0.3 --side 10 --width 6400 --c0 6",
    ];

    private static readonly CertificationOptions Defaults = new();

    private readonly ExperimentOptions _experiment = ExperimentOptions.ForCertification();
    private readonly AttackOptions _attack = new(saves: false);

    private readonly DocumentedOption<int> _count = Options.Integer(
        "--count", "Certify the first N test images that the network classifies correctly; with --corollary, the first N", "an integer from 1 on", ExperimentOptions.Text(Defaults.Count));

    private readonly DocumentedOption<CertifiedRadii> _radii = Options.Choice<CertifiedRadii>(
        "--radii",
        "Certify against the whole lazy ball, or against networks none of whose neurons moved further than the trained network's own",
        ExperimentOptions.Text(Defaults.Radii));

    private readonly DocumentedOption<bool> _ownStep = Options.Flag(
        "--own-step", "Certify the poster's own statement as well: every network of the ball falls to one step along its own gradient; far slower");

    private readonly DocumentedOption<LowerBoundSet> _lowerBounds = new(
        "--lower-bounds", "NAME,...", "Prove for every image how small a perturbation cannot flip the trained network; interval, linear and product for --hidden, else all but product", LowerBoundSet.Range, LowerBoundSet.TryParse)
    {
        ShowsRange = true,
        DefaultText = $"{Defaults.LowerBounds}; {LowerBoundSet.All} for --hidden",
    };

    private readonly DocumentedOption<bool> _corollary = Options.Flag(
        "--corollary", "Instead, bound the accuracy under attack of every network of the ball on the first test images, without training any");

    private readonly DocumentedOption<double> _budget = Options.Number(
        "--budget", "With --corollary: the l2 norm that perturbations may have", "a finite number from 0 on");

    private IReadOnlyList<Option> Own => [_count, _radii, _ownStep, _lowerBounds, _corollary, _budget];

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand()
    {
        var command = new Command("certify", "Find perturbations from W0 alone that provably flip every network of the lazy ball.");
        _experiment.AddTo(command);
        foreach (Option option in Own)
        {
            command.Add(option);
        }

        _attack.AddTo(command);
        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <summary>The verb's help page.</summary>
    public HelpPage Help(Command command) =>
        new(command, [.. _experiment.GroupsWith(task: [_attack.Data], attack: Own), .. _attack.Groups], Examples);

    private int Run(ParseResult parse, CancellationToken cancellation)
    {
        ExperimentParameters parameters = _experiment.Read(parse, _attack.Loads(parse));
        CertificationOptions options = ReadOptions(parse);
        AttackRequest request = _attack.Read(parse);
        RequireConsistent(parse, request);
        if (!_attack.Loads(parse))
        {
            RequireBounds(parse, options, parameters, "--hidden");
        }

        using LoadedExperiment? loaded = LoadedNetwork.Of(backend, request, cancellation);
        if (loaded is not null)
        {
            parameters = _experiment.ReadFor(parse, loaded.Parameters, request.LoadPath!);
            RequireBounds(parse, options, parameters, $"--load {request.LoadPath}");
        }

        ImageDataset data = LoadedNetwork.ReadData(backend, request, loaded);
        T Work<T>(Func<ExperimentExecution, T> work) => ExperimentWork.Run(host, request.Threads, request.ShowProgress, cancellation, work);
        if (parse.GetValue(_corollary))
        {
            ShowCorollary(Work(execution => backend.Bound(parameters, options.Count, parse.GetValue(_budget), data, loaded?.Model, execution)), request);
            return ExitCodes.Done;
        }

        if (parameters.IsDeep)
        {
            var bracket = new BracketOptions { Count = options.Count, LowerBounds = options.LowerBounds == LowerBoundSet.None ? LowerBoundSet.All : options.LowerBounds };
            BracketRun found = Work(execution => backend.Bracket(parameters, bracket, data, loaded?.Model, execution));
            using TrainedModel network = found.Model;
            Show(found, request, cancellation);
            RequireAllFall(found.Result);
            return ExitCodes.Done;
        }

        CertificationRun run = Work(execution => backend.Certify(parameters, options, data, loaded?.Model, execution));
        using LazyModel model = run.Model;
        Show(run, request, cancellation);
        RequireAllFall(run.Result);
        return ExitCodes.Done;
    }

    // A deep network has no ball, so that nothing but bounds can be asked of it.
    private void RequireBounds(ParseResult parse, CertificationOptions options, ExperimentParameters parameters, string network)
    {
        options.LowerBounds.For(parameters.IsDeep);
        if (!parameters.IsDeep)
        {
            return;
        }

        string? ofTheBall = parse.GetValue(_corollary) ? _corollary.Name : _radii.IsGiven(parse) ? _radii.Name : parse.GetValue(_ownStep) ? _ownStep.Name : null;
        if (ofTheBall is not null)
        {
            throw new UsageException($"{network} excludes {ofTheBall}, because a deep network has no lazy ball.");
        }

        if (_lowerBounds.IsGiven(parse) && options.LowerBounds == LowerBoundSet.None)
        {
            throw new UsageException($"{network} excludes {_lowerBounds.Name} none, because nothing but bounds can be certified of a deep network.");
        }
    }

    private CertificationOptions ReadOptions(ParseResult parse)
    {
        var options = new CertificationOptions
        {
            Count = _count.IsGiven(parse) ? parse.GetValue(_count) : Defaults.Count,
            Radii = _radii.IsGiven(parse) ? parse.GetValue(_radii) : Defaults.Radii,
            OwnStep = parse.GetValue(_ownStep),
            LowerBounds = _lowerBounds.IsGiven(parse) ? parse.GetValue(_lowerBounds)! : Defaults.LowerBounds,
        };
        options.Validate();
        return options;
    }

    private void RequireConsistent(ParseResult parse, AttackRequest request)
    {
        if (!parse.GetValue(_corollary))
        {
            if (_budget.IsGiven(parse))
            {
                throw new UsageException($"{_budget.Name} needs {_corollary.Name}, because certificates look for the smallest perturbation.");
            }

            return;
        }

        if (!_budget.IsGiven(parse))
        {
            throw new UsageException($"{_corollary.Name} needs {_budget.Name}, because accuracy under attack is that within a budget.");
        }

        string? excluded = request.ReportPath is not null ? "--report" : _radii.IsGiven(parse) ? _radii.Name
            : parse.GetValue(_ownStep) ? _ownStep.Name : _lowerBounds.IsGiven(parse) ? _lowerBounds.Name : null;
        if (excluded is not null)
        {
            throw new UsageException($"{_corollary.Name} excludes {excluded}, because it speaks of the whole ball, and in numbers alone.");
        }

        // A file says how its network was trained, and what is given may repeat that.
        if (!_attack.Loads(parse) && _experiment.GivenTraining(parse) is { } training)
        {
            throw new UsageException($"{_corollary.Name} excludes {training}, because nothing is trained.");
        }

        double budget = parse.GetValue(_budget);
        if (!double.IsFinite(budget) || budget < 0)
        {
            throw new InvalidParameterException("budget", budget, _budget.Range);
        }
    }

    private void ShowCorollary(CorollaryResult result, AttackRequest request)
    {
        host.WriteOutput(request.Json ? CorollaryJson.Format(result) + "\n" : new CorollaryView(result, host.OutputTraits).Render());
        if (result.Contradiction is { } network)
        {
            throw new OneStepException($"Internal error: {CorollaryView.Violation(result, network)}");
        }
    }

    private void Show(CertificationRun run, AttackRequest request, CancellationToken cancellation) => Show(
        request,
        () => backend.WriteReport(request.ReportPath!, run, request.Command, request.Threads),
        kept => request.Json ? CertificationJson.Format(run.Result) + "\n" : new CertificationView(run, kept, host.OutputTraits).Render(),
        cancellation);

    private void Show(BracketRun run, AttackRequest request, CancellationToken cancellation) => Show(
        request,
        () => backend.WriteReport(request.ReportPath!, run, request.Command, request.Threads),
        kept => request.Json ? BracketJson.Format(run.Result) + "\n" : new BracketView(run, kept, host.OutputTraits).Render(),
        cancellation);

    private void Show(AttackRequest request, Action writeReport, Func<AttackRequest, string> text, CancellationToken cancellation)
    {
        var files = new RequestedFiles(host, cancellation);
        AttackRequest kept = request with { ReportPath = files.Write(request.ReportPath, writeReport) };
        host.WriteOutput(text(kept));
        files.RequireWritten();
    }

    // Everything was shown; but what is shown is not to be trusted.
    private static void RequireAllFall(CertifiedNetworkResult result)
    {
        if (result.Violations.Count > 0)
        {
            throw new OneStepException($"Internal error: {CertificationSentences.Violation(result.Violations[0])}");
        }

        if (result.BrokenBounds.Count > 0)
        {
            throw new OneStepException($"Internal error: {LowerBoundSentences.Violation(result.BrokenBounds[0])}");
        }
    }
}
