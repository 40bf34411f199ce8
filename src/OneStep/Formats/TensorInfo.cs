namespace OneStep.Formats;

/// <summary>The element types that OneStep stores, by their names in the header. Every element takes four bytes,
/// little-endian.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>Signed 32-bit integers.</summary>
    I32,
}

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">The size of every dimension, the slowest first; none for a single number.</param>
public sealed record TensorInfo(string Name, TensorType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Bytes an element.</summary>
    internal const int ElementSize = 4;

    /// <summary>The number of elements, the product of the shape.</summary>
    /// <exception cref="OverflowException">The product does not fit into 64 bits.</exception>
    public long ElementCount => Shape.Contains(0) ? 0 : Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>The shape as errors show it: <c>[3, 4]</c>.</summary>
    public string ShapeText => FormatShape(Shape);

    /// <summary>A shape as errors show it.</summary>
    internal static string FormatShape(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
