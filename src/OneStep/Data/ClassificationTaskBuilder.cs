using OneStep.Numerics;

namespace OneStep.Data;

/// <summary>Makes a problem of two classes or more from a data set of images.</summary>
public static class ClassificationTaskBuilder
{
    private const double WhitePixel = 255;
    private const int ImagesAnItem = 256;

    /// <summary>
    /// Takes the images of the chosen classes in the order of the data set, divides their pixels by 255, resizes them to
    /// s × s, flattens them row after row and, if wanted, scales them to ‖x‖ = 1. All of it in float64; only the inputs that
    /// come out are rounded to float32.
    /// </summary>
    /// <param name="dataset">The images.</param>
    /// <param name="split">Which classes make which label; images of other classes are left out.</param>
    /// <param name="side">The side s, at least 1; d = s².</param>
    /// <param name="antialias">Whether resizing averages over the pixels it leaves out.</param>
    /// <param name="normalize">Whether every input is scaled to unit ℓ2 norm.</param>
    /// <param name="threads">How many threads may be used, at least 1.</param>
    /// <exception cref="OneStepException">A chosen class has no image in the training or the test set, an image is zero after
    /// resizing, or the inputs do not fit into one array; the message names what is wrong.</exception>
    public static ClassificationTask Build(ImageDataset dataset, ClassSplit split, int side, bool antialias, bool normalize, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(split);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        var resizer = new ImageResizer(dataset.Train.Height, dataset.Train.Width, side, antialias);
        return new ClassificationTask(
            Convert(dataset.Train, "training", split, resizer, normalize, threads),
            Convert(dataset.Test, "test", split, resizer, normalize, threads),
            side,
            dataset.Fingerprint);
    }

    private static LabelledInputs Convert(ImageSet images, string set, ClassSplit split, ImageResizer resizer, bool normalize, int threads)
    {
        int[] chosen = Choose(images, set, split);
        int dimension = checked(resizer.Side * resizer.Side);
        if ((long)chosen.Length * dimension > Array.MaxLength)
        {
            throw new OneStepException(
                $"The {chosen.Length} images of the {set} set at {resizer.Side} x {resizer.Side} pixels are too many for one array.");
        }

        var inputs = new Matrix<float>(chosen.Length, dimension);
        int[] labels = new int[chosen.Length];
        int zero = int.MaxValue;
        WorkGrid.Run((chosen.Length + ImagesAnItem - 1) / ImagesAnItem, threads, CancellationToken.None, (item, _) =>
        {
            double[] source = new double[images.Height * images.Width];
            double[] resized = new double[dimension];
            for (int row = item * ImagesAnItem; row < Math.Min((item + 1) * ImagesAnItem, chosen.Length); row++)
            {
                ReadOnlySpan<byte> pixels = images.Image(chosen[row]);
                for (int i = 0; i < source.Length; i++)
                {
                    source[i] = pixels[i] / WhitePixel;
                }

                resizer.Resize(source, resized);
                double norm = Norm(resized);
                if (norm == 0)
                {
                    // The first one, whichever thread meets it.
                    lock (inputs)
                    {
                        zero = Math.Min(zero, row);
                    }
                }

                Scale(resized, normalize ? norm : 1, inputs.Row(row));
                labels[row] = split.LabelOf(images.Labels[chosen[row]]);
            }
        });
        return zero == int.MaxValue ? new LabelledInputs(inputs, labels) : throw new OneStepException(
            $"Image {chosen[zero]} of the {set} set is zero after resizing to {resizer.Side} x {resizer.Side} pixels.");
    }

    /// <summary>The positions of the images whose class is in the split, in order.</summary>
    private static int[] Choose(ImageSet images, string set, ClassSplit split)
    {
        foreach (int digit in split.Groups.SelectMany(group => group))
        {
            if (!images.Labels.Contains((byte)digit))
            {
                throw new OneStepException($"The {set} set has no image of digit {digit}.");
            }
        }

        return [.. Enumerable.Range(0, images.Count).Where(i => split.GroupOf(images.Labels[i]) >= 0)];
    }

    // Summed from first to last, not by a vectorised routine whose order depends on the machine.
    private static double Norm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return Math.Sqrt(sum);
    }

    private static void Scale(ReadOnlySpan<double> values, double divisor, Span<float> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            destination[i] = (float)(values[i] / divisor);
        }
    }
}
