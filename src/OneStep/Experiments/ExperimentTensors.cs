using OneStep.Formats;

namespace OneStep.Experiments;

/// <summary>The tensors of a saved experiment: their names, types and shapes.</summary>
internal static class ExperimentTensors
{
    public const string Weights = "W";
    public const string InitialWeights = "W0";
    public const string Signs = "a";
    public const string Inputs = "x";
    public const string Labels = "y";
    public const string Perturbations = "delta";
    public const string Status = "status";

    /// <summary>The tensors that are no part of the network.</summary>
    public static IReadOnlyList<string> AboutExamples { get; } = [Inputs, Labels, Perturbations, Status];

    /// <summary>Checks every tensor against the metadata. The network's must be there; those about the attacked inputs may
    /// be missing, for a file made by another program.</summary>
    /// <exception cref="OneStepException">A tensor is missing or does not fit; the message names the file and it.</exception>
    public static void Validate(SafetensorsReader reader, ExperimentParameters parameters)
    {
        long dimension = parameters.Dimension;
        long columns = dimension + (parameters.Bias ? 1 : 0);
        foreach (string name in (string[])(parameters.IsDeep ? [] : [Weights, InitialWeights, Signs]))
        {
            TensorInfo tensor = reader.Find(name) ?? throw new OneStepException($"'{reader.Name}' has no tensor '{name}'.");
            RequireForm(reader, tensor, TensorType.F32, name == Signs ? [parameters.Width] : [parameters.Width, columns]);
        }

        // How many inputs were attacked stands nowhere in the metadata: the first tensor about them says it.
        TensorInfo[] examples = [.. AboutExamples.Select(reader.Find).OfType<TensorInfo>()];
        long count = examples is [{ Shape: [long first, ..] }, ..] ? first : 0;
        if (count > parameters.Limit)
        {
            throw new OneStepException(
                $"'{reader.Name}' has a tensor '{examples[0].Name}' of {count} rows, but its metadata limits them to {parameters.Limit}.");
        }

        foreach (TensorInfo tensor in examples)
        {
            bool isMatrix = tensor.Name is Inputs or Perturbations;
            RequireForm(
                reader, tensor, tensor.Name == Status ? TensorType.I32 : TensorType.F32, isMatrix ? [count, dimension] : [count]);
        }
    }

    private static void RequireForm(SafetensorsReader reader, TensorInfo tensor, TensorType type, IReadOnlyList<long> shape)
    {
        if (tensor.Type != type || !tensor.Shape.SequenceEqual(shape))
        {
            throw new OneStepException(
                $"'{reader.Name}' has a tensor '{tensor.Name}' of {tensor.Type} {tensor.ShapeText}, "
                + $"but its metadata and other tensors ask for {type} {TensorInfo.FormatShape(shape)}.");
        }
    }
}
