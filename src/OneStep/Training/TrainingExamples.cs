using OneStep.Data;
using OneStep.Networks.Passes;
using OneStep.Numerics;

namespace OneStep.Training;

/// <summary>A training set with what every minibatch would otherwise compute again.</summary>
internal sealed class TrainingExamples : IDisposable
{
    /// <summary>Looks at every example once.</summary>
    /// <param name="examples">The training set.</param>
    /// <param name="hasBias">Whether the network appends a coordinate 1 to every input.</param>
    /// <param name="threads">How many threads may be used.</param>
    public TrainingExamples(LabelledInputs examples, bool hasBias, int threads = 1)
    {
        Inputs = examples.Inputs;
        Labels = examples.Labels;
        Supports = Supports.Of(examples.Inputs, threads);
        Coordinates = new(examples.Inputs, Supports, hasBias);
        Norms = new double[examples.Count];
        for (int i = 0; i < Norms.Length; i++)
        {
            Norms[i] = NormOf(examples.Inputs.Row(i), hasBias);
        }
    }

    /// <summary>The inputs x, [n, d].</summary>
    public Matrix<float> Inputs { get; }

    /// <summary>The labels y, [n].</summary>
    public int[] Labels { get; }

    /// <summary>Where the inputs are not zero.</summary>
    public Supports Supports { get; }

    /// <summary>The coordinates, in tiles.</summary>
    public CoordinateOrder Coordinates { get; }

    /// <summary>‖x_i‖, of (x_i, 1) with biases, rounded up, [n].</summary>
    public double[] Norms { get; }

    /// <summary>‖x‖, of (x, 1) with biases, rounded up.</summary>
    public static double NormOf(ReadOnlySpan<float> input, bool hasBias) =>
        Math.Sqrt(Vectors.Dot(input, input) + (hasBias ? 1 : 0)) * (1 + 1e-12);

    /// <inheritdoc/>
    public void Dispose() => Coordinates.Dispose();
}
