using OneStep.Data;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.Experiments;
using OneStep.Tests.References;
using OneStep.Training.Deep;

namespace OneStep.Tests.Training.Deep;

/// <summary>Networks learn digits they have seen and digits they have not.</summary>
public class DeepTrainerMnistTests
{
    [Fact]
    public void Zero_and_one_are_told_apart_by_three_layers()
    {
        ClassificationTask task = MnistData.ZeroVersusOne(10);
        using DeepNetwork network = DeepProblem.Draw([100, 32, 16, 1], bias: true, seed: 1).ToLibrary();
        using TrainedDeepNetwork trained = new DeepTrainer(new() { Epochs = 5 }, seed: 1).Train(network, task.Train.Take(1000), new());
        Assert.InRange(trained.Summary!.TrainAccuracy, 0.98, 1);
        Assert.InRange(Accuracy(network, MnistData.SomeTests(10, 300)), 0.98, 1);
    }

    [Fact]
    public void Ten_digits_are_told_apart_by_a_hidden_layer_of_64()
    {
        ImageDataset images = MnistData.All;
        using DeepNetwork network = DeepProblem.Draw([784, 64, 10], bias: true, seed: 1).ToLibrary();
        using TrainedDeepNetwork trained = new DeepTrainer(new() { Epochs = 5 }, seed: 1).Train(network, Digits(images.Train, 3000), new());
        Assert.InRange(trained.Summary!.TrainAccuracy, 0.9, 1);
        Assert.InRange(Accuracy(network, Digits(images.Test, 500)), 0.85, 1);
    }

    private static double Accuracy(DeepNetwork network, LabelledInputs examples)
    {
        NaiveLayers naive = network.ToNaive();
        return examples.Inputs.ToRows().Zip(examples.Labels, (x, y) => naive.IsCorrect(x, y) ? 1.0 : 0).Average();
    }

    // The first images, scaled to unit norm.
    private static LabelledInputs Digits(ImageSet images, int count)
    {
        var inputs = new Matrix<float>(count, images.Height * images.Width);
        for (int i = 0; i < count; i++)
        {
            byte[] pixels = images.Image(i).ToArray();
            double norm = Math.Sqrt(pixels.Sum(pixel => (double)pixel * pixel));
            pixels.Select(pixel => (float)(pixel / norm)).ToArray().CopyTo(inputs.Row(i));
        }

        return new(inputs, [.. images.Labels.Take(count).Select(label => (int)label)]);
    }
}
