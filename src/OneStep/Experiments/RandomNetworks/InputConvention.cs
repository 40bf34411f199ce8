namespace OneStep.Experiments.RandomNetworks;

/// <summary>
/// How a random two-layer network and its inputs are scaled. f is the same in both conventions, whatever the activation;
/// lengths in input space differ by ‖x‖ (docs/mathematics.md §19).
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="HasUnitInputs">Whether ‖x‖ = 1 and w ~ N(0, I); else ‖x‖ = √d and w ~ N(0, I/d).</param>
public sealed record InputConvention(string Name, bool HasUnitInputs)
{
    /// <summary>The poster's: ‖x‖ = 1, w ~ N(0, I) [WUMA22].</summary>
    public static InputConvention Unit { get; } = new("unit", HasUnitInputs: true);

    /// <summary>‖x‖ = √d, w ~ N(0, I/d) [BCGT21].</summary>
    public static InputConvention RootDimension { get; } = new("root-dimension", HasUnitInputs: false);

    /// <summary>Both.</summary>
    public static IReadOnlyList<InputConvention> All { get; } = [Unit, RootDimension];

    /// <summary>‖x‖.</summary>
    /// <param name="dimension">d.</param>
    public double InputNorm(int dimension) => HasUnitInputs ? 1 : Math.Sqrt(dimension);

    /// <summary>The standard deviation of a hidden weight.</summary>
    /// <param name="dimension">d.</param>
    public double WeightDeviation(int dimension) => 1 / InputNorm(dimension);

    /// <summary>What a step of the unit convention is in this one: ‖δ‖ times ‖x‖, ‖∇f‖ by it, |η| times its square.</summary>
    /// <param name="step">A step in the unit convention.</param>
    /// <param name="dimension">d.</param>
    public StepMeasurement FromUnit(StepMeasurement step, int dimension)
    {
        ArgumentNullException.ThrowIfNull(step);
        double norm = InputNorm(dimension);
        return new(step.PerturbationNorm * norm, step.GradientNorm / norm, step.StepSize * norm * norm);
    }

    /// <summary>What the row of a network of the unit convention is in this one: ‖x‖ and ‖δ‖ times √d, ‖∇f‖ by it.</summary>
    /// <param name="row">A row in the unit convention.</param>
    public RandomNetworkRow FromUnit(RandomNetworkRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        double norm = InputNorm(row.Dimension);
        return row with { InputNorm = row.InputNorm * norm, GradientNorm = row.GradientNorm / norm, PerturbationNorm = row.PerturbationNorm * norm };
    }

    /// <summary>What a step of this convention is in the unit one.</summary>
    /// <param name="step">A step in this convention.</param>
    /// <param name="dimension">d.</param>
    public StepMeasurement ToUnit(StepMeasurement step, int dimension)
    {
        ArgumentNullException.ThrowIfNull(step);
        double norm = InputNorm(dimension);
        return new(step.PerturbationNorm / norm, step.GradientNorm * norm, step.StepSize / (norm * norm));
    }
}

/// <summary>The lengths of a single gradient step.</summary>
/// <param name="PerturbationNorm">‖δ‖.</param>
/// <param name="GradientNorm">‖∇f(x)‖.</param>
/// <param name="StepSize">|η| = ‖δ‖/‖∇f(x)‖.</param>
public sealed record StepMeasurement(double PerturbationNorm, double GradientNorm, double StepSize);
