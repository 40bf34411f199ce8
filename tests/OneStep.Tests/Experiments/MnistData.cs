using OneStep.Data;

namespace OneStep.Tests.Experiments;

/// <summary>MNIST and its 0-versus-1 tasks, each made once for all tests.</summary>
internal static class MnistData
{
    private static readonly Dictionary<int, ClassificationTask> Tasks = [];

    private static readonly Lazy<ImageDataset> Dataset = new(() => ImageDataset.FromDirectory(RepositoryFiles.Mnist));

    /// <summary>All of MNIST.</summary>
    public static ImageDataset All => Dataset.Value;

    /// <summary>Digit 0 against digit 1, s × s pixels, unit norm.</summary>
    public static ClassificationTask ZeroVersusOne(int side)
    {
        lock (Tasks)
        {
            if (!Tasks.TryGetValue(side, out ClassificationTask? task))
            {
                task = ClassificationTaskBuilder.Build(All, ClassSplit.ZeroVersusOne, side, antialias: false, normalize: true);
                Tasks.Add(side, task);
            }

            return task;
        }
    }

    /// <summary>Test inputs spread evenly over the test set.</summary>
    public static LabelledInputs SomeTests(int side, int count)
    {
        LabelledInputs all = ZeroVersusOne(side).Test;
        int[] chosen = [.. Enumerable.Range(0, count).Select(i => i * (all.Count / count))];
        return new(all.Inputs.SelectRows(chosen), [.. chosen.Select(i => all.Labels[i])]);
    }
}
