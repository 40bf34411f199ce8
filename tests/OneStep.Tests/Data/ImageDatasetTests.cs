using System.Security.Cryptography;
using OneStep.Cli;
using OneStep.Data;
using OneStep.Formats;

namespace OneStep.Tests.Data;

public sealed class ImageDatasetTests
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    [Fact]
    public void Mnist_has_its_known_counts_and_sizes()
    {
        ImageDataset mnist = ImageDataset.FromDirectory(RepositoryFiles.Mnist);
        Assert.Equal((60_000, 28, 28), (mnist.Train.Count, mnist.Train.Height, mnist.Train.Width));
        Assert.Equal((10_000, 28, 28), (mnist.Test.Count, mnist.Test.Height, mnist.Test.Width));
        Assert.Equal([5, 0, 4, 1, 9], mnist.Train.Labels[..5]);
        Assert.Equal([7, 2, 1, 0, 4], mnist.Test.Labels[..5]);
    }

    [Fact]
    public void The_embedded_mnist_is_the_one_in_the_repository()
    {
        ImageDataset embedded = EmbeddedMnist.Load();
        ImageDataset files = ImageDataset.FromDirectory(RepositoryFiles.Mnist);
        Assert.Equal(files.Fingerprint, embedded.Fingerprint);
        Assert.Equal(files.Test.Pixels, embedded.Test.Pixels);
    }

    [Theory]
    [InlineData("attack")]
    [InlineData("study run smoke")]
    [InlineData("attack --data elsewhere")]
    [InlineData("study list")]
    [InlineData("")]
    public void The_embedded_mnist_is_whole_whether_it_was_unpacked_early_or_not(string line)
    {
        EmbeddedMnist.Prepare(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(70_000, new[] { EmbeddedMnist.Load(), EmbeddedMnist.Load() }.Select(mnist => mnist.Train.Count + mnist.Test.Count).Distinct().Single());
    }

    [Fact]
    public void The_checksums_beside_the_files_are_right()
    {
        string[] lines = File.ReadAllLines(Path.Combine(RepositoryFiles.Mnist, "SHA256SUMS"));
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line =>
        {
            string[] parts = line.Split("  ");
            using FileStream file = File.OpenRead(Path.Combine(RepositoryFiles.Mnist, parts[1]));
            Assert.Equal(parts[0], Convert.ToHexStringLower(SHA256.HashData(file)));
            Assert.Contains(parts[0], File.ReadAllText(Path.Combine(RepositoryFiles.Mnist, "README.md")), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_fingerprint_is_the_hash_of_the_uncompressed_files()
    {
        Dictionary<string, byte[]> files = SmallFiles();
        byte[] all = [.. files[TrainImages], .. files[TrainLabels], .. files[TestImages], .. files[TestLabels]];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(all)), Load(files).Fingerprint);
    }

    [Theory]
    [InlineData("{0}-{1}-idx{2}-ubyte")]
    [InlineData("{0}-{1}-idx{2}-ubyte.gz")]
    [InlineData("{0}-{1}.idx{2}-ubyte")]
    [InlineData("{0}-{1}.idx{2}-ubyte.gz")]
    public void Files_are_found_by_every_usual_name(string pattern)
    {
        using var folder = new TemporaryFolder();
        foreach ((string name, byte[] content) in SmallFiles())
        {
            string[] parts = name.Split('-');
            folder.Put(string.Format(pattern, parts[0], parts[1], parts[2][^1]), content);
        }

        Assert.Equal(Load(SmallFiles()).Fingerprint, ImageDataset.FromDirectory(folder.FullName).Fingerprint);
    }

    [Fact]
    public void Images_come_one_by_one()
    {
        ImageDataset dataset = Load(SmallFiles());
        Assert.Equal<byte>([1, 2, 3, 4, 5, 6], dataset.Train.Image(0).ToArray());
        Assert.Equal<byte>([7, 8, 9, 10, 11, 12], dataset.Train.Image(1).ToArray());
        Assert.Equal((2, 3), (dataset.Train.Height, dataset.Train.Width));
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Sentences.AssertFails(() => ImageDataset.FromDirectory("/nowhere/at/all"), "/nowhere/at/all", "does not exist");

    [Theory]
    [InlineData(TrainImages)]
    [InlineData(TrainLabels)]
    [InlineData(TestImages)]
    [InlineData(TestLabels)]
    public void A_missing_file_is_named_with_its_folder(string missing)
    {
        using var folder = new TemporaryFolder();
        foreach ((string name, byte[] content) in SmallFiles().Where(file => file.Key != missing))
        {
            folder.Put(name, content);
        }

        Sentences.AssertFails(() => ImageDataset.FromDirectory(folder.FullName), folder.At(missing));
    }

    [Fact]
    public void A_damaged_file_is_named_with_its_folder()
    {
        using var folder = new TemporaryFolder();
        foreach ((string name, byte[] content) in SmallFiles())
        {
            folder.Put(name, name == TestLabels ? content[..^1] : content);
        }

        Sentences.AssertFails(() => ImageDataset.FromDirectory(folder.FullName), folder.At(TestLabels), "truncated");
    }

    [Fact]
    public void Images_and_labels_of_different_number_are_one_sentence()
    {
        Dictionary<string, byte[]> files = SmallFiles();
        files[TrainLabels] = Idx([3], [0, 1, 2]);
        Sentences.AssertFails(() => Load(files), TrainImages, "2 images", TrainLabels, "3 labels");
    }

    [Fact]
    public void Training_and_test_images_of_different_size_are_one_sentence()
    {
        Dictionary<string, byte[]> files = SmallFiles();
        files[TestImages] = Idx([1, 3, 2], [1, 2, 3, 4, 5, 6]);
        Sentences.AssertFails(() => Load(files), TrainImages, "2 x 3", TestImages, "3 x 2");
    }

    private static ImageDataset Load(Dictionary<string, byte[]> files) =>
        ImageDataset.FromStreams(name => files.TryGetValue(name, out byte[]? content) ? new MemoryStream(content) : null);

    private static Dictionary<string, byte[]> SmallFiles() => new(StringComparer.Ordinal)
    {
        [TrainImages] = Idx([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        [TrainLabels] = Idx([2], [0, 1]),
        [TestImages] = Idx([1, 2, 3], [9, 8, 7, 6, 5, 4]),
        [TestLabels] = Idx([1], [1]),
    };

    private static byte[] Idx(int[] dimensions, byte[] data) => [.. new IdxArray(dimensions, data).Header(), .. data];
}
