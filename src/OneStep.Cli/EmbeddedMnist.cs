using OneStep.Data;
using OneStep.Experiments.Kinds;

namespace OneStep.Cli;

/// <summary>The MNIST database as it travels inside the program, so that everything runs without a download.</summary>
internal static class EmbeddedMnist
{
    private const string Folder = "mnist/";

    private static Task<ImageDataset>? _early;

    /// <summary>Begins to unpack it where a command line looks as if it would be needed: another processor has it ready by the
    /// time the line is understood.</summary>
    /// <param name="args">The words behind the program's name.</param>
    public static void Prepare(IReadOnlyList<string> args)
    {
        bool mayBeNeeded = args is ["attack" or "reproduce", ..] or ["study", "run", ..]
            || (args is ["measure", var kind, ..] && ExperimentKinds.Find(kind) is { NeedsImages: true });
        bool isNeeded = mayBeNeeded && !args.Any(arg => arg.StartsWith("--data", StringComparison.Ordinal) || arg is "--help" or "-h" or "-?");
        if (isNeeded && Environment.ProcessorCount > 1)
        {
            _early = Task.Run(Unpack);
        }
    }

    /// <summary>Unpacks and reads it.</summary>
    public static ImageDataset Load() => Interlocked.Exchange(ref _early, null) is { } early ? early.GetAwaiter().GetResult() : Unpack();

    private static ImageDataset Unpack() =>
        ImageDataset.FromStreams(name => typeof(EmbeddedMnist).Assembly.GetManifestResourceStream(Folder + name));
}
