using System.CommandLine;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>The option that makes the network a deep one, and what it excludes.</summary>
internal sealed class DeepNetworkOption
{
    // A deep network has widths of its own, independent weights, and no ball.
    private static readonly string[] OfTheTwoLayerNetwork = ["--width", "--c0", "--initialization", "--ball"];

    private readonly ParameterOption<HiddenWidths> _hidden = new(
        new("--hidden", "N,N,...", "Widths of the hidden layers of a deep ReLU network, all layers of which SGD trains, without a lazy ball", HiddenWidths.Range, ReadWidths)
        {
            ShowsRange = true,
            DefaultText = "one hidden layer of --width neurons, trained in the lazy ball",
        },
        p => p.Hidden,
        (p, value) => p with { Hidden = value });

    /// <summary>The option.</summary>
    public IParameterOption Option => _hidden;

    /// <summary>Refuses options that say nothing of the network asked for, and classes that it cannot tell apart.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="parameters">What it asks for.</param>
    /// <param name="protocol">Whose defaults it asks for.</param>
    /// <param name="others">The options that determine the network.</param>
    /// <param name="adversarial">Those of adversarial training.</param>
    /// <exception cref="UsageException">An option excludes --hidden, or needs it.</exception>
    public void RequireUse(
        ParseResult parse, ExperimentParameters parameters, ExperimentProtocol protocol, IEnumerable<IParameterOption> others, IReadOnlyList<IParameterOption> adversarial)
    {
        if (!parameters.IsDeep)
        {
            RequireTwoClasses(parameters.Digits);
            RequireOutputs(parameters);
            return;
        }

        if (protocol != ExperimentProtocol.Text)
        {
            throw new UsageException($"{_hidden.Option.Name} excludes --protocol {ExperimentOptions.Text(protocol)}, because deep networks are trained plainly.");
        }

        if (others.FirstOrDefault(o => OfTheTwoLayerNetwork.Contains(o.Option.Name) && o.IsGiven(parse)) is { } lazy)
        {
            throw new UsageException($"{_hidden.Option.Name} excludes {lazy.Option.Name}, because a deep network has hidden layers of its own and no lazy ball.");
        }

        if (adversarial.FirstOrDefault(o => o.IsGiven(parse)) is { } attacked)
        {
            throw new UsageException($"{_hidden.Option.Name} excludes {attacked.Option.Name}, because deep networks are trained plainly.");
        }
    }

    /// <summary>Refuses to move the outputs of a network that is no deep one.</summary>
    /// <exception cref="UsageException">It shall be done.</exception>
    public void RequireOutputs(ExperimentParameters parameters)
    {
        if (parameters is { OutputMoves: true, IsDeep: false })
        {
            throw new UsageException($"--output-moves needs {_hidden.Option.Name}, because it moves the outputs of a deep network.");
        }
    }

    private void RequireTwoClasses(ClassSplit digits)
    {
        if (!digits.IsBinary)
        {
            throw new UsageException($"--digits {digits} needs {_hidden.Option.Name}, because the two-layer network tells two classes apart.");
        }
    }

    private static bool ReadWidths(string text, out HiddenWidths value)
    {
        try
        {
            value = HiddenWidths.Parse(text);
            return value.Count > 0;
        }
        catch (InvalidParameterException)
        {
            value = HiddenWidths.None;
            return false;
        }
    }
}
