using System.Buffers.Binary;
using OneStep.Data;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

/// <summary>A data set and a study so small that a cell takes milliseconds.</summary>
internal static class StudyScenes
{
    public const string Small =
        """
        title: Small
        parameters: {width: 16, epochs: 1}
        axes:
          side: [4, 6]
          c0: [1, 2]
        seeds: [0, 3]
        """;

    private const int Side = 6;
    private const int ImagesOfFurtherClasses = 8;

    /// <summary>Grey noise of two classes that differ in brightness from pixel to pixel; no image is black.</summary>
    public static ImageDataset Dataset { get; } = new(Draw(1, 80), Draw(2, 20), new string('a', 64));

    public static StudyDefinition Definition(string yaml = Small) => StudyFile.Parse(yaml, "small", "small.yaml");

    public static StudyPlan Plan(string yaml = Small) => StudyPlan.Of(Definition(yaml), Dataset.Fingerprint);

    public static StudyOutcome Run(CellStore store, StudyPlan plan, StudyExecution? execution = null) =>
        new StudyRunner(plan, Dataset, store).Run(execution ?? new() { Threads = 1 });

    /// <summary>The table of everything a store holds of a study.</summary>
    public static string Csv(StudyPlan plan, CellStore store, bool examples = false)
    {
        var table = new StudyTable(plan, store);
        IReadOnlyList<StudyCell> finished = table.Take().Finished;
        using var stream = new MemoryStream();
        TableWriter.WriteCsv(stream, examples ? table.Examples(finished) : table.Cells(finished));
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes the data set as the four IDX files that the program reads.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="classes">How many classes there are; those behind the first two have images of noise, too.</param>
    public static void WriteIdx(string folder, int classes = 2)
    {
        WriteSet(folder, "train", WithMoreClasses(Dataset.Train, classes));
        WriteSet(folder, "t10k", WithMoreClasses(Dataset.Test, classes));
    }

    private static ImageSet WithMoreClasses(ImageSet set, int classes)
    {
        ImageSet more = Draw(classes, (classes - 2) * ImagesOfFurtherClasses);
        byte[] labels = [.. Enumerable.Range(0, more.Count).Select(i => (byte)(2 + (i / ImagesOfFurtherClasses)))];
        return new(Side, Side, [.. set.Pixels, .. more.Pixels], [.. set.Labels, .. labels]);
    }

    private static ImageSet Draw(int seed, int count)
    {
        var random = new Random(seed);
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 2))];
        byte[] pixels = [.. Enumerable.Range(0, count * Side * Side).Select(k => (byte)(1 + random.Next(120) + ((k + (k / (Side * Side))) % 2 * 120)))];
        return new(Side, Side, pixels, labels);
    }

    private static void WriteSet(string folder, string part, ImageSet set)
    {
        byte[] images = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(images, 0x803);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4), set.Count);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(8), set.Height);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(12), set.Width);
        byte[] labels = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(labels, 0x801);
        BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), set.Count);
        File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), [.. images, .. set.Pixels]);
        File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), [.. labels, .. set.Labels]);
    }
}
