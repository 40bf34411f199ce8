using OneStep.Data;
using OneStep.Experiments;
using OneStep.Formats;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

/// <content>The files that the tests make, and what they say of them.</content>
public sealed partial class ExperimentFileTests
{
    private static ExperimentParameters Parameters(bool bias, int width) => new()
    {
        Digits = ClassSplit.Parse("0+2,1+3"),
        Side = 2,
        Antialias = true,
        Normalize = false,
        Width = width,
        C0 = 0.1,
        Seed = ulong.MaxValue,
        Bias = bias,
        Untrained = true,
        Training = new TrainingOptions { LearningRate = 1e-5, Batch = 7, Ball = BallMode.Project, Epochs = 3, EvaluationInterval = 2 },
        Strong = true,
        Limit = 4,
        Adversarial = new()
        {
            Budget = 0.25, InnerAttack = InnerAttack.OneStep, Steps = 3, StepSize = 0.5, RandomStart = true, Clip = true, Rescale = true, Refresh = AdversarialRefresh.Epoch, Patience = 6,
        },
        TrainLimit = 9,
        RobustBudgets = new([0.1, 0.25]),
        RobustSteps = 7,
        RobustClip = true,
    };

    private static void AssertSame(PackedWeights expected, PackedWeights actual)
    {
        Assert.Equal((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
        float[] left = new float[expected.Columns];
        float[] right = new float[expected.Columns];
        for (int row = 0; row < expected.Rows; row++)
        {
            expected.CopyRowTo(row, left);
            actual.CopyRowTo(row, right);
            Assert.Equal(left, right);
        }
    }

    private static TensorSource Constant(string name, TensorType type, long[] shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        return new(new(name, type, shape), sink =>
        {
            if (type == TensorType.F32)
            {
                sink.Write(Enumerable.Repeat(1f, (int)count).ToArray());
            }
            else
            {
                sink.Write(Enumerable.Repeat(1, (int)count).ToArray());
            }
        });
    }

    private static void Replace(List<TensorSource> tensors, TensorSource replacement) =>
        tensors[tensors.FindIndex(tensor => tensor.Info.Name == replacement.Info.Name)] = replacement;

    /// <summary>Writes a sound file of m = 2, d = 4, n = 3, but for the changes asked for.</summary>
    private void Put(Action<List<TensorSource>> changeTensors, Action<Dictionary<string, string>>? changeMetadata = null)
    {
        List<TensorSource> tensors =
        [
            Constant("W", TensorType.F32, [2, 4]),
            Constant("W0", TensorType.F32, [2, 4]),
            Constant("a", TensorType.F32, [2]),
            Constant("x", TensorType.F32, [3, 4]),
            Constant("y", TensorType.F32, [3]),
            Constant("delta", TensorType.F32, [3, 4]),
            Constant("status", TensorType.I32, [3]),
        ];
        changeTensors(tensors);
        Dictionary<string, string> metadata = new(ExperimentMetadata.Write(Parameters(bias: false, width: 2), SmallRun.Fingerprint), StringComparer.Ordinal);
        changeMetadata?.Invoke(metadata);
        AtomicFile.Write(FilePath, stream => SafetensorsWriter.Write(stream, [.. metadata], tensors));
    }

    private void AssertLoadFails(params string[] parts) =>
        Sentences.AssertFails(() => ExperimentFile.Load(FilePath).Model.Dispose(), [FilePath, .. parts]);
}
