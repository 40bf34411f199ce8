using OneStep.Formats;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Training;
using OneStep.Training.Deep;

namespace OneStep.Experiments;

/// <summary>An experiment read back from a file.</summary>
/// <param name="Parameters">What determined its numbers.</param>
/// <param name="DatasetFingerprint">Names the data it was trained on: see <see cref="Data.ClassificationTask.DatasetFingerprint"/>.</param>
/// <param name="Model">The network, without a training summary; goes with this record, of which whoever loads it disposes.</param>
public sealed record LoadedExperiment(ExperimentParameters Parameters, string DatasetFingerprint, TrainedModel Model) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}

/// <summary>
/// Saves an experiment as a safetensors file and loads it again: float32 <c>W</c> and <c>W0</c> [m, d] (d + 1 columns with
/// biases), <c>a</c> [m], <c>x</c> [n, d], <c>y</c> [n], <c>delta</c> [n, d] and int32 <c>status</c> [n], one row an
/// attacked input in test order, delta = 0 where nothing was flipped; of a deep network <c>layers.0.weight</c>, … and with
/// biases <c>layers.0.bias</c>, … in place of W, W0 and a. The metadata holds what determines the numbers and nothing
/// else, so the same experiment gives the same bytes on every machine.
/// </summary>
public static class ExperimentFile
{
    /// <summary>Writes the file, whole or not at all, in place of whatever file is there.</summary>
    /// <param name="path">Where it shall stand.</param>
    /// <param name="run">The finished experiment.</param>
    /// <param name="cancellation">Ends the writing early with an <see cref="OperationCanceledException"/>; no part of the
    /// file is left behind.</param>
    /// <exception cref="OneStepException">The file cannot be written; the message names it.</exception>
    public static void Save(string path, ExperimentRun run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        int[] status = [.. run.Result.Rows.Select(row => (int)row.Status)];
        IReadOnlyList<TensorSource> tensors =
        [
            .. run.Model.Tensors(cancellation),
            TensorSources.Rows(ExperimentTensors.Inputs, run.Attacked.Inputs),
            TensorSources.Vector(ExperimentTensors.Labels, [.. run.Attacked.Labels.Select(label => (float)label)]),
            TensorSources.Rows(ExperimentTensors.Perturbations, run.Perturbations),
            TensorSources.Vector(ExperimentTensors.Status, status),
        ];
        IReadOnlyList<KeyValuePair<string, string>> metadata =
            ExperimentMetadata.Write(run.Result.Parameters, run.Result.DatasetFingerprint);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, metadata, tensors));
    }

    /// <summary>Reads the parameters and the network of a saved experiment.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="availableMemory">The memory that the network may take, in bytes; null where nobody knows.</param>
    /// <exception cref="OneStepException">The file cannot be read, is damaged, or its tensors disagree with its metadata; the
    /// message names the file and what is wrong in it. Or its network does not fit into memory.</exception>
    public static LoadedExperiment Load(string path, CancellationToken cancellation = default, long? availableMemory = null)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        (ExperimentParameters parameters, string fingerprint) = ExperimentMetadata.Read(reader.Metadata, path);
        ExperimentTensors.Validate(reader, parameters);
        ExperimentMemory.Require(parameters, (parameters.IsDeep ? 1 : 2) * ExperimentMemory.WeightBytes(parameters), availableMemory);
        return new(parameters, fingerprint, parameters.IsDeep ? ReadDeep(reader, parameters, cancellation) : ReadLazy(reader, parameters, cancellation));
    }

    private static DeepModel ReadDeep(SafetensorsReader reader, ExperimentParameters parameters, CancellationToken cancellation)
    {
        DeepNetwork network = DeepNetworkFile.Read(reader, ExperimentTensors.AboutExamples, cancellation);
        IReadOnlyList<int> widths = [network.InputDimension, .. network.Layers.Select(layer => layer.Rows)];
        if (widths.SequenceEqual(parameters.LayerWidths) && network.HasBias == parameters.Bias)
        {
            return new(new TrainedDeepNetwork(network, Summary: null));
        }

        network.Dispose();
        throw new OneStepException(
            $"'{reader.Name}' has a network of layers {string.Join(", ", widths)}{(network.HasBias ? " with biases" : string.Empty)}, "
            + $"but its metadata ask for {string.Join(", ", parameters.LayerWidths)}{(parameters.Bias ? " with biases" : string.Empty)}.");
    }

    private static LazyModel ReadLazy(SafetensorsReader reader, ExperimentParameters parameters, CancellationToken cancellation)
    {
        sbyte[] signs = ReadSigns(reader);
        PackedWeights? weights = null;
        PackedWeights? initial = null;
        try
        {
            weights = ReadWeights(reader, ExperimentTensors.Weights, cancellation);
            initial = ReadWeights(reader, ExperimentTensors.InitialWeights, cancellation);
            var network = new TwoLayerNetwork(weights, signs, parameters.Bias);
            return new(new TrainedNetwork(network, initial, summary: null));
        }
        catch
        {
            weights?.Dispose();
            initial?.Dispose();
            throw;
        }
    }

    private static sbyte[] ReadSigns(SafetensorsReader reader)
    {
        float[] values = reader.ReadAll<float>(ExperimentTensors.Signs);
        int wrong = Array.FindIndex(values, value => value is not (1 or -1));
        return wrong < 0
            ? Array.ConvertAll(values, value => (sbyte)value)
            : throw new OneStepException(
                $"'{reader.Name}' has a tensor '{ExperimentTensors.Signs}' whose element {wrong} is {values[wrong]}, but must be -1 or 1.");
    }

    private static PackedWeights ReadWeights(SafetensorsReader reader, string name, CancellationToken cancellation)
    {
        IReadOnlyList<long> shape = reader.Find(name)!.Shape;
        var weights = new PackedWeights((int)shape[0], (int)shape[1]);
        try
        {
            reader.ReadRows<float>(name, (row, elements) =>
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (float element in elements)
                {
                    if (!float.IsFinite(element))
                    {
                        throw new OneStepException($"'{reader.Name}' has a tensor '{name}' with an element in row {row} that is not finite.");
                    }
                }

                weights.SetRow(row, elements);
            });
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }
}
