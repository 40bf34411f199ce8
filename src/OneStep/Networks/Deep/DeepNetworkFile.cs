using System.Globalization;
using OneStep.Formats;
using OneStep.Numerics;

namespace OneStep.Networks.Deep;

/// <summary>
/// Saves a deep network as a safetensors file and loads it again: float32 <c>layers.{i}.weight</c> [out, in] and, with biases,
/// <c>layers.{i}.bias</c> [out], i from 0. That is what PyTorch writes of a module with a list <c>layers</c> of
/// <c>torch.nn.Linear</c>, with a ReLU between them.
/// </summary>
public static class DeepNetworkFile
{
    /// <summary>Writes the file, whole or not at all, in place of whatever file is there.</summary>
    /// <param name="path">Where it shall stand.</param>
    /// <param name="network">The network.</param>
    /// <param name="cancellation">Ends the writing early with an <see cref="OperationCanceledException"/>; no part of the file is
    /// left behind.</param>
    /// <exception cref="OneStepException">The file cannot be written; the message names it.</exception>
    public static void Save(string path, DeepNetwork network, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        var tensors = new List<TensorSource>();
        for (int l = 0; l < network.Layers.Count; l++)
        {
            PackedWeights layer = network.Layers[l];
            int columns = layer.Columns - (network.HasBias ? 1 : 0);
            tensors.Add(Source(WeightName(l), layer, [layer.Rows, columns], 0, columns, cancellation));
            if (network.HasBias)
            {
                tensors.Add(Source(BiasName(l), layer, [layer.Rows], columns, 1, cancellation));
            }
        }

        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, [new("format", "pt")], tensors));
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">The file cannot be read or is damaged, a layer is missing, has another shape than its
    /// neighbours ask for or holds a number that is not finite, some layers have a bias and some none, or there is a tensor that is
    /// none of these; the message names the file and what is wrong in it.</exception>
    public static DeepNetwork Load(string path, CancellationToken cancellation = default)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(path);
        bool hasBias = reader.Find(BiasName(0)) is not null;
        int depth = CheckedDepth(reader, hasBias);
        var layers = new List<PackedWeights>();
        try
        {
            for (int l = 0; l < depth; l++)
            {
                layers.Add(ReadLayer(reader, l, hasBias, cancellation));
            }

            return new(layers, hasBias);
        }
        catch
        {
            layers.ForEach(layer => layer.Dispose());
            throw;
        }
    }

    private static string WeightName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layers.{layer}.weight");

    private static string BiasName(int layer) => string.Create(CultureInfo.InvariantCulture, $"layers.{layer}.bias");

    private static TensorSource Source(string name, PackedWeights layer, long[] shape, int first, int length, CancellationToken cancellation) =>
        new(new(name, TensorType.F32, shape), sink =>
        {
            float[] row = new float[layer.Columns];
            for (int s = 0; s < layer.Rows; s++)
            {
                cancellation.ThrowIfCancellationRequested();
                layer.CopyRowTo(s, row);
                sink.Write(row.AsSpan(first, length));
            }
        });

    /// <summary>The number of layers, all of which are there and fit together.</summary>
    private static int CheckedDepth(SafetensorsReader reader, bool hasBias)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        int depth = 0;
        for (; reader.Find(WeightName(depth)) is { } weight; depth++)
        {
            long? width = depth == 0 ? null : reader.Find(WeightName(depth - 1))!.Shape[0];
            RequireForm(reader, weight, 2, width);
            expected.Add(weight.Name);
            if (hasBias)
            {
                TensorInfo bias = reader.Find(BiasName(depth)) ?? throw new OneStepException(
                    $"'{reader.Name}' has a tensor '{BiasName(0)}', but no tensor '{BiasName(depth)}': all layers must have a bias or none.");
                RequireForm(reader, bias, 1, weight.Shape[0]);
                expected.Add(bias.Name);
            }
        }

        TensorInfo? other = reader.Tensors.FirstOrDefault(tensor => !expected.Contains(tensor.Name));
        return (depth, other) switch
        {
            (0, _) => throw new OneStepException($"'{reader.Name}' has no tensor '{WeightName(0)}'."),
            (_, null) => depth,
            _ => throw new OneStepException(
                $"'{reader.Name}' has a tensor '{other.Name}', which belongs to none of its {depth} layers '{WeightName(0)}' to '{WeightName(depth - 1)}'."),
        };
    }

    private static void RequireForm(SafetensorsReader reader, TensorInfo tensor, int dimensions, long? last)
    {
        bool isSound = tensor.Type == TensorType.F32
            && tensor.Shape.Count == dimensions
            && tensor.Shape.All(size => size is >= 1 and < int.MaxValue)
            && (last is null || tensor.Shape[^1] == last);
        if (!isSound)
        {
            string wanted = dimensions == 2 ? $"F32 [any, {last?.ToString(CultureInfo.InvariantCulture) ?? "any"}]" : $"F32 [{last}]";
            throw new OneStepException(
                $"'{reader.Name}' has a tensor '{tensor.Name}' of {tensor.Type} {tensor.ShapeText}, but {wanted} is needed there.");
        }
    }

    private static PackedWeights ReadLayer(SafetensorsReader reader, int index, bool hasBias, CancellationToken cancellation)
    {
        TensorInfo weight = reader.Find(WeightName(index))!;
        int columns = (int)weight.Shape[1];
        float[] biases = hasBias ? reader.ReadAll<float>(BiasName(index)) : [];
        RequireFinite(reader, BiasName(index), biases);
        var layer = new PackedWeights((int)weight.Shape[0], columns + (hasBias ? 1 : 0));
        try
        {
            float[] row = new float[layer.Columns];
            reader.ReadRows<float>(weight.Name, (s, elements) =>
            {
                cancellation.ThrowIfCancellationRequested();
                RequireFinite(reader, weight.Name, elements);
                elements.CopyTo(row);
                if (hasBias)
                {
                    row[columns] = biases[s];
                }

                layer.SetRow(s, row);
            });
            return layer;
        }
        catch
        {
            layer.Dispose();
            throw;
        }
    }

    private static void RequireFinite(SafetensorsReader reader, string tensor, ReadOnlySpan<float> elements)
    {
        foreach (float element in elements)
        {
            if (!float.IsFinite(element))
            {
                throw new OneStepException($"'{reader.Name}' has a tensor '{tensor}' with a number that is not finite.");
            }
        }
    }
}
