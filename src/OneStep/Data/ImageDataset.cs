using System.Security.Cryptography;
using OneStep.Formats;

namespace OneStep.Data;

/// <summary>A data set of labelled images in two parts, as MNIST comes: four IDX files, plain or gzip.</summary>
/// <param name="Train">The training images.</param>
/// <param name="Test">The test images, of the same size.</param>
/// <param name="Fingerprint">The SHA-256 of the four files' uncompressed bytes (training images, training labels, test
/// images, test labels, one after the other) in lower-case hexadecimal.</param>
public sealed record ImageDataset(ImageSet Train, ImageSet Test, string Fingerprint)
{
    private const int ImageRank = 3;
    private const int LabelRank = 1;

    /// <summary>
    /// Reads <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>, <c>t10k-images-idx3-ubyte</c> and
    /// <c>t10k-labels-idx1-ubyte</c> from a folder; also written like <c>train-images.idx3-ubyte</c>, each with or without
    /// <c>.gz</c>.
    /// </summary>
    /// <exception cref="OneStepException">The folder or a file is missing or damaged, or the files do not belong together;
    /// the message names what is wrong.</exception>
    public static ImageDataset FromDirectory(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new OneStepException($"The data folder '{folder}' does not exist.");
        }

        return Load(
            name => Path.Combine(folder, name),
            name => File.Exists(Path.Combine(folder, name)) ? FileFailure.OpenRead(Path.Combine(folder, name)) : null);
    }

    /// <summary>Reads the four files wherever they are, for example embedded in a program.</summary>
    /// <param name="open">Opens a file by its name, or answers null where there is none of that name; asked for the names
    /// that <see cref="FromDirectory"/> looks for, in turn.</param>
    /// <exception cref="OneStepException">A file is missing or damaged, or the files do not belong together.</exception>
    public static ImageDataset FromStreams(Func<string, Stream?> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return Load(name => name, open);
    }

    private static ImageDataset Load(Func<string, string> describe, Func<string, Stream?> open)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ImageSet train = ReadSet("train", describe, open, hash);
        ImageSet test = ReadSet("t10k", describe, open, hash);
        if (train.Height != test.Height || train.Width != test.Width)
        {
            throw new OneStepException(
                $"The images of '{describe("train-images-idx3-ubyte")}' are {train.Height} x {train.Width} pixels, "
                + $"but those of 't10k-images-idx3-ubyte' are {test.Height} x {test.Width}.");
        }

        return new ImageDataset(train, test, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static ImageSet ReadSet(string part, Func<string, string> describe, Func<string, Stream?> open, IncrementalHash hash)
    {
        (IdxArray images, string imageFile) = ReadFile($"{part}-images", ImageRank, describe, open, hash);
        (IdxArray labels, string labelFile) = ReadFile($"{part}-labels", LabelRank, describe, open, hash);
        return images.Dimensions[0] == labels.Dimensions[0]
            ? new ImageSet(images.Dimensions[1], images.Dimensions[2], images.Data, labels.Data)
            : throw new OneStepException(
                $"'{imageFile}' holds {images.Dimensions[0]} images, but '{labelFile}' holds {labels.Dimensions[0]} labels.");
    }

    private static (IdxArray Array, string File) ReadFile(
        string stem, int rank, Func<string, string> describe, Func<string, Stream?> open, IncrementalHash hash)
    {
        string usual = $"{stem}-idx{rank}-ubyte";
        string dotted = $"{stem}.idx{rank}-ubyte";
        foreach (string name in (string[])[usual, usual + ".gz", dotted, dotted + ".gz"])
        {
            using Stream? stream = open(name);
            if (stream is not null)
            {
                IdxArray array = IdxReader.Read(stream, describe(name), rank);
                hash.AppendData(array.Header());
                hash.AppendData(array.Data);
                return (array, describe(name));
            }
        }

        throw new OneStepException($"There is no file '{describe(usual)}', neither plain nor with .gz.");
    }
}
