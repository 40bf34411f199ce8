using OneStep.Formats;
using OneStep.Numerics;

namespace OneStep.Experiments;

/// <summary>What a saved experiment is made of, as tensors of a safetensors file.</summary>
internal static class TensorSources
{
    /// <summary>Weights that need not be in memory, [m, d], row after row.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="cancellation">Ends the writing early with an <see cref="OperationCanceledException"/>.</param>
    public static unsafe TensorSource Weights(string name, IPanelSource weights, CancellationToken cancellation)
    {
        void Write(TensorSink sink)
        {
            float[] buffer = new float[weights.Columns];
            using var scratch = new PanelScratch(weights, workers: 1, panels: 1);
            for (int panel = 0; panel < weights.PanelCount; panel++)
            {
                cancellation.ThrowIfCancellationRequested();
                float* lanes = scratch.Read(panel, panel + 1, worker: 0);
                for (int lane = 0; lane < Math.Min(PackedWeights.Lanes, weights.Rows - (panel * PackedWeights.Lanes)); lane++)
                {
                    for (int k = 0; k < buffer.Length; k++)
                    {
                        buffer[k] = lanes[((nint)k * PackedWeights.Lanes) + lane];
                    }

                    sink.Write(buffer);
                }
            }
        }

        return new(new(name, TensorType.F32, [weights.Rows, weights.Columns]), Write);
    }

    /// <summary>A matrix, row after row.</summary>
    public static TensorSource Rows(string name, Matrix<float> matrix) =>
        new(new(name, TensorType.F32, [matrix.Rows, matrix.Columns]), sink => sink.Write(matrix.Data));

    /// <summary>A vector.</summary>
    public static TensorSource Vector(string name, float[] values) =>
        new(new(name, TensorType.F32, [values.Length]), sink => sink.Write(values));

    /// <summary>A vector of integers.</summary>
    public static TensorSource Vector(string name, int[] values) =>
        new(new(name, TensorType.I32, [values.Length]), sink => sink.Write(values));
}
