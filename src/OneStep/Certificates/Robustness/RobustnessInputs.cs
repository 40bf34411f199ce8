using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>What a bound works on: some inputs, what the function certainly says of them, and where it is known to be flipped.</summary>
/// <param name="Function">The function f.</param>
/// <param name="Inputs">x, [n, d].</param>
/// <param name="Scores">f(x) in float64 with a bound on its error, [n].</param>
/// <param name="Perturbations">A perturbation of every input that is known to flip it or thought to nearly do, [n, d]; a row of zeros where
/// there is none. It says where to look and up to which length: the shorter it is, the better are bounds that use it. What is proved
/// does not depend on whether it flips anything.</param>
public sealed record RobustnessInputs(IScoreFunction Function, Matrix<float> Inputs, IReadOnlyList<BoundedScore> Scores, Matrix<float> Perturbations)
{
    /// <summary>The number of inputs n.</summary>
    public int Count => Inputs.Rows;

    /// <summary>The certain sign of f(x), −1 or +1; 0 where rounding decides and there is nothing to certify, [n].</summary>
    public IReadOnlyList<int> Signs { get; } = [.. Scores.Select(score => score.CertainSign)];

    /// <summary>Evaluates the function in float64 at every input.</summary>
    /// <param name="function">f.</param>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="perturbations">See <see cref="Perturbations"/>; null for none.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="ArgumentException">The inputs or perturbations have another shape than the function asks for.</exception>
    public static RobustnessInputs Of(IScoreFunction function, Matrix<float> inputs, Matrix<float>? perturbations, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        if (inputs.Columns != function.InputDimension)
        {
            throw new ArgumentException($"The function takes inputs of dimension {function.InputDimension}, not {inputs.Columns}.", nameof(inputs));
        }

        perturbations ??= new(inputs.Rows, inputs.Columns);
        if (perturbations.Rows != inputs.Rows || perturbations.Columns != inputs.Columns)
        {
            throw new ArgumentException("There must be one perturbation of the same length for every input.", nameof(perturbations));
        }

        return new(function, inputs, new FlipVerifier(function, execution).Scores(inputs, inputs.Rows), perturbations);
    }
}
