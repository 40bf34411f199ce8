using OneStep.Data;

namespace OneStep.Tests.Data;

public sealed class ClassificationTaskBuilderTests
{
    private static readonly Lazy<ImageDataset> Mnist = new(() => ImageDataset.FromDirectory(RepositoryFiles.Mnist));

    [Fact]
    public void Zero_versus_one_has_its_known_counts()
    {
        ClassificationTask task = ClassificationTaskBuilder.Build(Mnist.Value, ClassSplit.ZeroVersusOne, 5, antialias: false, normalize: true);
        Assert.Equal(12_665, task.Train.Count);
        Assert.Equal(2_115, task.Test.Count);
        Assert.Equal((12_665, 25), (task.Train.Inputs.Rows, task.Train.Inputs.Columns));
        Assert.Equal(6_742, task.Train.Labels.Count(label => label == 1));
        Assert.Equal(980, task.Test.Labels.Count(label => label == -1));
        Assert.Equal(Mnist.Value.Fingerprint, task.DatasetFingerprint);
        Assert.Equal(5, task.Side);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(7, false)]
    [InlineData(10, true)]
    [InlineData(28, false)]
    public void Normalised_inputs_have_unit_norm(int side, bool antialias)
    {
        ClassificationTask task = ClassificationTaskBuilder.Build(Mnist.Value, ClassSplit.ZeroVersusOne, side, antialias, normalize: true);
        for (int row = 0; row < task.Test.Count; row++)
        {
            double square = 0;
            foreach (float value in task.Test.Inputs.Row(row))
            {
                square += (double)value * value;
            }

            Assert.Equal(1, Math.Sqrt(square), 1e-6);
        }
    }

    [Fact]
    public void Unnormalised_inputs_at_full_size_are_pixels_over_255()
    {
        ClassificationTask task = ClassificationTaskBuilder.Build(Mnist.Value, ClassSplit.ZeroVersusOne, 28, antialias: false, normalize: false);

        // The first test image of the two digits is number 2, a one.
        Assert.Equal(1, task.Test.Labels[0]);
        byte[] pixels = Mnist.Value.Test.Image(2).ToArray();
        Assert.Equal(pixels.Select(pixel => (float)(pixel / 255.0)), task.Test.Inputs.Row(0).ToArray());
    }

    [Fact]
    public void A_small_task_is_what_the_hand_computes()
    {
        // 2 x 4 pixels to 1 x 1 or 2 x 2; classes 3 (y = −1) and 1 and 7 (y = +1); class 9 is left out.
        ImageSet images = new(2, 4, [0, 0, 255, 255, 0, 0, 255, 255, 9, 9, 9, 9, 9, 9, 9, 9, 51, 51, 0, 0, 102, 102, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0], [3, 9, 7, 1]);
        ClassificationTask task = ClassificationTaskBuilder.Build(new ImageDataset(images, images, "f"), ClassSplit.Parse("3,1+7"), 2, antialias: false, normalize: false);
        Assert.Equal([-1, 1, 1], task.Train.Labels);
        Assert.Equal([0f, 1, 0, 1], task.Train.Inputs.Row(0).ToArray());
        Assert.Equal([0.2f, 0, 0.4f, 0], task.Train.Inputs.Row(1).ToArray());
        Assert.Equal([(float)(0.5 / 255), 0, 0, 0], task.Train.Inputs.Row(2).ToArray());

        ClassificationTask unit = ClassificationTaskBuilder.Build(new ImageDataset(images, images, "f"), ClassSplit.Parse("3,1+7"), 2, antialias: false, normalize: true);
        Assert.Equal([(float)Math.Sqrt(0.5), (float)Math.Sqrt(0.5)], [unit.Test.Inputs[0, 1], unit.Test.Inputs[0, 3]], (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal([1f, 0, 0, 0], unit.Test.Inputs.Row(2).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_image_that_is_zero_after_resizing_is_named_by_its_index_and_set(bool normalize)
    {
        ImageSet sound = new(1, 3, [1, 1, 1, 1, 1, 1], [0, 1]);

        // Only the middle pixel of three survives; that of image 2 is zero.
        ImageSet vanishing = new(1, 3, [0, 1, 0, 5, 0, 5, 9, 0, 9], [0, 5, 1]);
        Sentences.AssertFails(
            () => ClassificationTaskBuilder.Build(new ImageDataset(sound, vanishing, "f"), ClassSplit.ZeroVersusOne, 1, antialias: false, normalize),
            "Image 2 of the test set",
            "1 x 1");
        Assert.Equal(
            2, ClassificationTaskBuilder.Build(new ImageDataset(sound, vanishing, "f"), ClassSplit.ZeroVersusOne, 1, antialias: true, normalize).Test.Count);
    }

    [Fact]
    public void A_digit_without_images_is_named_with_its_set()
    {
        ImageSet both = new(1, 1, [1, 1], [0, 1]);
        ImageSet zeros = new(1, 1, [1, 1], [0, 0]);
        Sentences.AssertFails(() => Build(zeros, both), "training set", "digit 1");
        Sentences.AssertFails(() => Build(both, zeros), "test set", "digit 1");

        static ClassificationTask Build(ImageSet train, ImageSet test) =>
            ClassificationTaskBuilder.Build(new ImageDataset(train, test, "f"), ClassSplit.ZeroVersusOne, 1, antialias: false, normalize: true);
    }

    [Fact]
    public void Inputs_too_many_for_one_array_are_one_sentence()
    {
        ImageSet images = new(1, 1, [1, 1], [0, 1]);
        Sentences.AssertFails(
            () => ClassificationTaskBuilder.Build(new ImageDataset(images, images, "f"), ClassSplit.ZeroVersusOne, 40_000, antialias: false, normalize: true),
            "training set",
            "40000 x 40000");
    }
}
