using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>The shortest adversarial δ of every input of a chunk that was met so far.</summary>
/// <param name="length">How many inputs the chunk has.</param>
/// <param name="dimension">The input dimension d.</param>
internal sealed class SmallestPerturbations(int length, int dimension)
{
    /// <summary>δ, [n, d]; zero where none was met.</summary>
    public Matrix<float> Perturbations { get; } = new(length, dimension);

    /// <summary>‖δ‖, [n]; +∞ where none was met.</summary>
    public double[] Norms { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, length)];

    /// <summary>Whether one was met.</summary>
    public bool Exists(int row) => double.IsFinite(Norms[row]);

    /// <summary>Keeps an adversarial δ if it is the shortest.</summary>
    /// <param name="row">The row of the chunk.</param>
    /// <param name="perturbation">δ.</param>
    /// <param name="norm">‖δ‖.</param>
    public void Keep(int row, ReadOnlySpan<float> perturbation, double norm)
    {
        if (norm < Norms[row])
        {
            Norms[row] = norm;
            perturbation.CopyTo(Perturbations.Row(row));
        }
    }
}
