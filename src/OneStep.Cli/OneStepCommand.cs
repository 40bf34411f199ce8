using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using OneStep.Cli.Parsing;
using OneStep.Cli.Verbs;
using OneStep.Studies;

namespace OneStep.Cli;

/// <summary>The program: finds the verb, runs it and answers with an exit code and, for failures, one sentence.</summary>
internal sealed class OneStepCommand
{
    // A whole file on a slow disk; whoever waits longer than this has a disk that does not answer.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(20);

    private readonly CliHost _host;
    private readonly RootCommand _root;

    private readonly Option<bool> _debug = new("--debug")
    {
        Description = "Print the stack trace of an unexpected error",
        Hidden = true,
        Recursive = true,
    };

    /// <summary>Makes the program.</summary>
    /// <param name="host">The terminal.</param>
    /// <param name="backend">Does the work of <c>attack</c> and <c>compare</c>.</param>
    public OneStepCommand(CliHost host, IAttackBackend backend)
    {
        _host = host;
        _root = new RootCommand("Shows, measures and certifies how networks trained in the lazy regime fall to a single gradient step.")
        {
            _debug,
        };
        var attack = new AttackVerb(host, backend);
        Command command = attack.ToCommand();
        _root.Add(command);
        var compare = new CompareVerb(host, backend);
        Command compareCommand = compare.ToCommand();
        _root.Add(compareCommand);
        var reproduce = new ReproduceVerb(host);
        Command reproduceCommand = reproduce.ToCommand();
        _root.Add(reproduceCommand);
        var theory = new TheoryVerb(host);
        Command theoryCommand = theory.ToCommand();
        _root.Add(theoryCommand);
        Dictionary<Command, HelpPage> pages = new()
        {
            [_root] = new HelpPage(_root, [], ["onestep reproduce", "onestep attack", "onestep compare", "onestep measure random-deep", "onestep theory", "onestep study run smoke", "onestep attack --help"]),
            [command] = attack.Help(command),
            [compareCommand] = compare.Help(compareCommand),
            [reproduceCommand] = reproduce.Help(reproduceCommand),
            [theoryCommand] = theory.Help(theoryCommand),
        };
        var measure = new MeasureVerb(host);
        _root.Add(measure.ToCommand());
        var study = new StudyVerb(host);
        _root.Add(study.ToCommand());
        foreach ((Command verb, HelpPage page) in measure.HelpPages.Concat(study.HelpPages))
        {
            pages.Add(verb, page);
        }

        HelpOption help = _root.Options.OfType<HelpOption>().Single();
        help.Description = "Show this page";
        help.Action = new ShowHelp(host, pages);
        _root.Options.OfType<VersionOption>().Single().Description = "Show the version";
    }

    /// <summary>Ends the process while its work is still going on.</summary>
    public static void EndByForce(CliHost host)
    {
        host.Activity.WaitForWriting(LongestWrite);

        // The live display may have hidden the cursor and stands in the middle of a line.
        host.Error.Write(host.ErrorTraits.HasAnsi ? "\e[?25h\r\e[K" : string.Empty);
        host.WriteEnding(host.Activity.InterruptionSentence);
        Environment.Exit(ExitCodes.Interrupted);
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words behind the program's name.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(string[] args, CancellationToken cancellation)
    {
        // A word that begins with @ is a file like any other, not a list of more words.
        ParseResult parse = _root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = _host.Output,
            Error = _host.Error,
        };
        try
        {
            if (parse.Errors.Count > 0)
            {
                throw new UsageException(ParseErrorSentence.Of(parse));
            }

            return await parse.InvokeAsync(invocation, cancellation);
        }
        catch (Exception exception)
        {
            return Explain(exception, parse.GetValue(_debug), cancellation);
        }
    }

    private int Explain(Exception exception, bool debug, CancellationToken cancellation)
    {
        Exception cause = Cause(exception);
        (int code, string sentence) = cause switch
        {
            OperationCanceledException when cancellation.IsCancellationRequested => (ExitCodes.Interrupted, _host.Activity.InterruptionSentence),
            UsageException usage => (ExitCodes.WrongUsage, usage.Message),
            InvalidParameterException { Parameter: not null } invalid => (ExitCodes.WrongUsage, "--" + invalid.Message),
            InvalidParameterException invalid => (ExitCodes.WrongUsage, invalid.Message),
            StudyFormatException study => (ExitCodes.WrongUsage, study.Message),
            OneStepException failure => (ExitCodes.Failed, failure.Message),
            OutOfMemoryException => (ExitCodes.Failed, "There is not enough memory for this network and these images."),
            _ when debug => (ExitCodes.Failed, $"Unexpected error: {cause.Message}"),
            _ => (ExitCodes.Failed, $"Unexpected error, which --debug shows in full: {cause.Message}"),
        };
        _host.WriteEnding(ParseErrorSentence.OneLine(sentence));
        if (debug && code == ExitCodes.Failed)
        {
            _host.Error.WriteLine(exception.ToString());
        }

        return code;
    }

    // What went wrong in one of several threads says more than that the others were told to stop.
    private static Exception Cause(Exception exception)
    {
        if (exception is not AggregateException aggregate)
        {
            return exception;
        }

        Exception[] all = [.. aggregate.Flatten().InnerExceptions];
        return Array.Find(all, e => e is not OperationCanceledException) ?? (all.Length > 0 ? all[0] : exception);
    }

    private sealed class ShowHelp(CliHost host, Dictionary<Command, HelpPage> pages) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            host.WriteOutput(pages[parseResult.CommandResult.Command].Render(host.OutputTraits.Width));
            return ExitCodes.Done;
        }
    }
}
