using OneStep.Data;
using OneStep.Training;

namespace OneStep.Experiments.Kinds;

/// <summary>The parameters that the kinds of infinite width have in common.</summary>
internal static class KernelEntries
{
    private const string Unlimited = "none";

    /// <summary>The classes.</summary>
    public static ExperimentParameter Digits(ClassSplit byDefault) =>
        new("digits", byDefault.ToString(), "A,B", "the two classes, y = -1 and y = +1", "two digits or disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3");

    /// <summary>The side of the images.</summary>
    public static ExperimentParameter Side(int byDefault) =>
        new("side", MetadataEntries.TextOf(byDefault), "S", "side of the images in pixels, d = S * S", "an integer from 1 to 100");

    /// <summary>How many training inputs.</summary>
    public static ExperimentParameter TrainLimit(int byDefault) =>
        new("train-limit", MetadataEntries.TextOf(byDefault), "N", "train on the first N training images of the two classes", "an integer from 1 to 46340");

    /// <summary>How many test inputs.</summary>
    public static ExperimentParameter Limit(int? byDefault) =>
        new("limit", Write(byDefault).Value, "N", "attack only the first N test images", "an integer from 1 on, or none for all");

    /// <summary>How many weights a margin is estimated with.</summary>
    public static ExperimentParameter MarginSamples(int byDefault) =>
        new("margin-samples", MetadataEntries.TextOf(byDefault), "N", "weights that stand for their distribution in the margin of [JT19]; 0 leaves it out", "an integer from 0 to 100000");

    /// <summary>How SGD goes.</summary>
    public static IReadOnlyList<ExperimentParameter> Training(TrainingOptions byDefault) =>
    [
        new("learning-rate", MetadataEntries.TextOf(byDefault.LearningRate), "LAMBDA", "step size of SGD", "a finite number above 0"),
        new("batch", MetadataEntries.TextOf(byDefault.Batch), "N", "examples a minibatch", "an integer from 1 to 1000000"),
        new("epochs", MetadataEntries.TextOf(byDefault.Epochs), "N", "passes over the training set", "an integer from 1 to 1000000"),
    ];

    /// <summary>Reads how SGD goes, always without a ball.</summary>
    public static TrainingOptions ReadTraining(MetadataEntries entries) => new()
    {
        LearningRate = entries.Number<double>("learning-rate"),
        Batch = entries.Number<int>("batch"),
        Epochs = entries.Number<int>("epochs"),
        Ball = BallMode.None,
    };

    /// <summary>The entries of how SGD goes.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(TrainingOptions training) =>
    [
        new("learning-rate", MetadataEntries.TextOf(training.LearningRate)),
        new("batch", MetadataEntries.TextOf(training.Batch)),
        new("epochs", MetadataEntries.TextOf(training.Epochs)),
    ];

    /// <summary>Reads how many test inputs; null for all.</summary>
    public static int? ReadLimit(MetadataEntries entries) =>
        entries.Text("limit") == Unlimited ? null : entries.Number<int>("limit", "an integer from 1 on, or none for all");

    /// <summary>The entry of how many test inputs.</summary>
    public static KeyValuePair<string, string> Write(int? limit) => new("limit", limit is int number ? MetadataEntries.TextOf(number) : Unlimited);
}
