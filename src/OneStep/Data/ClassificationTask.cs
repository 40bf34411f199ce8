using OneStep.Numerics;

namespace OneStep.Data;

/// <summary>Labelled examples.</summary>
/// <param name="Inputs">The inputs x, [n, d].</param>
/// <param name="Labels">The labels y, [n]: −1 or +1 for two classes, 0, 1, 2, … for more; see <see cref="ClassSplit"/>.</param>
public sealed record LabelledInputs(Matrix<float> Inputs, int[] Labels)
{
    /// <summary>The number of examples n.</summary>
    public int Count => Labels.Length;

    /// <summary>The examples at some positions, with labels of their own.</summary>
    /// <param name="rows">The positions.</param>
    /// <param name="label">The label that all of them get.</param>
    public LabelledInputs Select(int[] rows, int label)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(Inputs.SelectRows(rows), [.. Enumerable.Repeat(label, rows.Length)]);
    }

    /// <summary>The first <paramref name="count"/> examples, or all where there are fewer.</summary>
    public LabelledInputs Take(int count) =>
        count >= Count ? this : new(Inputs.RowRange(0, count), Labels[..count]);

    /// <summary>Refuses labels that are not those of two classes.</summary>
    /// <exception cref="ArgumentException">A label is neither −1 nor +1.</exception>
    internal static void RequireTwoClasses(LabelledInputs examples)
    {
        int wrong = Array.FindIndex(examples.Labels, label => label is not (-1 or 1));
        if (wrong >= 0)
        {
            throw new ArgumentException($"Label {examples.Labels[wrong]} of example {wrong} is none of -1 and 1.", nameof(examples));
        }
    }
}

/// <summary>A problem of two classes or more made from images: resized, flattened and, if wanted, scaled to unit norm.</summary>
/// <param name="Train">The training examples, in the order of the data set.</param>
/// <param name="Test">The test examples, in the order of the data set.</param>
/// <param name="Side">The side s of the square images; d = s².</param>
/// <param name="DatasetFingerprint">The SHA-256 of the four data files' decompressed bytes, in hexadecimal: names the data
/// without naming a folder.</param>
public sealed record ClassificationTask(LabelledInputs Train, LabelledInputs Test, int Side, string DatasetFingerprint);
