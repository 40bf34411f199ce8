using OneStep.Data;

namespace OneStep.Cli;

/// <summary>The MNIST database as it travels inside the program, so that everything runs without a download.</summary>
internal static class EmbeddedMnist
{
    private const string Folder = "mnist/";

    /// <summary>Unpacks and reads it.</summary>
    public static ImageDataset Load() =>
        ImageDataset.FromStreams(name => typeof(EmbeddedMnist).Assembly.GetManifestResourceStream(Folder + name));
}
