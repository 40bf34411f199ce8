namespace OneStep.TangentKernel;

/// <summary>
/// The neural tangent kernel of infinitely wide ReLU networks with N(0, 1) weights [JGH18],
/// h_1 = W_1 x, h_l = m^{-1/2} W_l relu(h_{l−1}), f = m^{-1/2} a · relu(h_L):
/// K(x, x') = ‖x‖‖x'‖ φ(cos θ), θ the angle between x and x', by the recursion of the arc-cosine kernels [CS09]
/// (docs/mathematics.md §18). For one hidden layer, the first trained, it is x·x' (π − θ)/(2π).
/// </summary>
/// <remarks>Angles come from our own functions (<see cref="Numerics.Elementary.ElementaryAngle"/>), so that every value is
/// bitwise the same on every machine.</remarks>
public sealed record ReluTangentKernel
{
    /// <summary>The deepest network whose kernel is offered: deeper ones no longer tell directions apart.</summary>
    public const int LargestDepth = 100;

    /// <summary>Makes the kernel of a depth.</summary>
    /// <param name="depth">L, the number of hidden layers, 1 to <see cref="LargestDepth"/>.</param>
    /// <param name="trained">Which layers are trained.</param>
    /// <exception cref="InvalidParameterException">The depth is out of its range.</exception>
    public ReluTangentKernel(int depth = 1, TrainedLayers trained = TrainedLayers.First)
    {
        InvalidParameterException.Require(depth is >= 1 and <= LargestDepth, "depth", depth, $"an integer from 1 to {LargestDepth}");
        Depth = depth;
        Trained = trained;
        Scale = Math.ScaleB(1, -depth);
    }

    /// <summary>L, the number of hidden layers.</summary>
    public int Depth { get; }

    /// <summary>Which layers are trained.</summary>
    public TrainedLayers Trained { get; }

    /// <summary>A bound on |dφ/dθ| over all angles (docs/mathematics.md §18).</summary>
    internal double LargestSlope => Trained == TrainedLayers.First
        ? Scale * (1 + (Depth / Math.PI))
        : Scale * (Depth + 1) * (1 + (Depth / (2 * Math.PI)));

    // 2^-L: every ReLU halves the squared length.
    private double Scale { get; }

    /// <summary>φ and its slope at an angle given by its cosine.</summary>
    /// <param name="cosine">cos θ; taken to be 1 or −1 beyond.</param>
    public AngularProfile At(double cosine) => At(LayerAngle.OfCosine(cosine));

    /// <summary>K(x, x'), accurate also where the inputs are nearly parallel.</summary>
    /// <param name="x">[d].</param>
    /// <param name="other">x', [d].</param>
    public double Value(ReadOnlySpan<double> x, ReadOnlySpan<double> other)
    {
        (double norm, double otherNorm) = (Norm(x), Norm(other));
        return norm * otherNorm == 0 ? 0 : norm * otherNorm * At(AngleBetween(x, norm, other, otherNorm)).Value;
    }

    /// <summary>∇_{x'} K(x, x'). Where x and x' are parallel K has a kink, and its part along x' is returned; 0 where either is
    /// zero.</summary>
    /// <param name="x">[d].</param>
    /// <param name="other">x', [d].</param>
    /// <param name="gradient">Receives the gradient, [d].</param>
    public void Gradient(ReadOnlySpan<double> x, ReadOnlySpan<double> other, Span<double> gradient)
    {
        (double norm, double otherNorm) = (Norm(x), Norm(other));
        if (norm * otherNorm == 0)
        {
            gradient.Clear();
            return;
        }

        // ‖x‖ (φ x'/‖x'‖ − φ_θ e), e the unit vector at right angles to x' that points towards x.
        AngularProfile profile = At(AngleBetween(x, norm, other, otherNorm));
        double towards = profile.Sine == 0 ? 0 : -profile.Slope / profile.Sine;
        double along = norm * profile.Value / otherNorm;
        for (int k = 0; k < gradient.Length; k++)
        {
            double across = x[k] - (norm * profile.Cosine / otherNorm * other[k]);
            gradient[k] = (along * other[k]) + (towards * across);
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"tangent kernel of depth {Depth}, {(Trained == TrainedLayers.First ? "first layer" : "all layers")} trained");

    /// <summary>φ and its slope at an angle.</summary>
    internal AngularProfile At(LayerAngle first)
    {
        // A bend is dθ_l/dθ, an overlap 1 − θ_l/π. Trained in the first layer alone, the kernel is cos θ times the product of
        // overlaps; trained in all, sums T_{l+1} = cos θ_{l+1} + T_l · overlap. Both are carried with their derivatives in θ.
        bool all = Trained == TrainedLayers.All;
        LayerAngle layer = first;
        double bend = 1;
        double value = first.Cosine;
        double slope = -first.Sine;
        for (int l = 1; l <= Depth; l++)
        {
            double overlap = (Math.PI - layer.Angle) / Math.PI;
            slope = (slope * overlap) - (value * bend / Math.PI);
            value *= overlap;
            if (all || l < Depth)
            {
                LayerAngle next = layer.Next();
                bend *= next.Sine == 0 ? 1 : overlap * layer.Sine / next.Sine;
                layer = next;
            }

            if (all)
            {
                value += layer.Cosine;
                slope -= layer.Sine * bend;
            }
        }

        return new(first.Angle, first.Sine, first.Cosine, Scale * value, Scale * slope);
    }

    private static LayerAngle AngleBetween(ReadOnlySpan<double> x, double norm, ReadOnlySpan<double> other, double otherNorm)
    {
        if (x.Length != other.Length)
        {
            throw new ArgumentException($"Both inputs need the same dimension, not {x.Length} and {other.Length}.", nameof(other));
        }

        double difference = 0;
        double sum = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double a = x[k] / norm;
            double b = other[k] / otherNorm;
            difference += (a - b) * (a - b);
            sum += (a + b) * (a + b);
        }

        return LayerAngle.OfChords(difference, sum);
    }

    private static double Norm(ReadOnlySpan<double> x)
    {
        double square = 0;
        foreach (double value in x)
        {
            square += value * value;
        }

        return Math.Sqrt(square);
    }
}
