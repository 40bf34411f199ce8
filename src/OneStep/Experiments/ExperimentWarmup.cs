using OneStep.Data;
using OneStep.Numerics.Tiles;

namespace OneStep.Experiments;

/// <summary>
/// Goes once through an experiment of a few pixels and neurons, so that the kernels are compiled: a program that reads its
/// data meanwhile starts a quarter of a second earlier.
/// </summary>
public static class ExperimentWarmup
{
    // 16 pixels and 25 images: whole tiles of 12, and what is left over.
    private const int Side = 4;
    private const int Images = (2 * TileEngine.TileRows) + 1;

    /// <summary>Runs the experiment on the calling thread; it takes some tenths of a second the first time.</summary>
    /// <returns>The experiment; whoever has it disposes of its network.</returns>
    public static ExperimentRun Run()
    {
        ImageSet images = Draw();
        var parameters = new ExperimentParameters { Side = Side, Width = 64, Training = new() { Epochs = 1, Batch = Images } };
        return Experiment.Run(parameters, new ImageDataset(images, images, string.Empty), new() { Threads = 1 });
    }

    // Two kinds of image that share no pixel, half of each black, as images of digits are.
    private static ImageSet Draw()
    {
        byte[] pixels = new byte[Images * Side * Side];
        byte[] labels = new byte[Images];
        for (int i = 0; i < Images; i++)
        {
            labels[i] = (byte)(i % 2);
            for (int k = labels[i]; k < Side * Side; k += 2)
            {
                pixels[(i * Side * Side) + k] = (byte)(1 + ((37 * (i + k)) % 255));
            }
        }

        return new(Side, Side, pixels, labels);
    }
}
