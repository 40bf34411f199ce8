using OneStep.Attacks;
using OneStep.Networks;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// A way to prove that small perturbations do not change a prediction (docs/mathematics.md §7). What is proved holds for the stored
/// float32 weights and inputs in exact arithmetic: the rounding of the float64 computation is accounted for.
/// </summary>
/// <remarks>Properties are the whole configuration; <see cref="object.ToString"/> shows it.</remarks>
public interface IRobustnessBound
{
    /// <summary>The bound's name as users type it.</summary>
    string Name { get; }

    /// <summary>Whether it can say anything of a kind of function.</summary>
    bool Supports(IScoreFunction candidate);

    /// <summary>Proves radii: no δ with ‖δ‖₂ &lt; radius changes the sign of f(x + δ).</summary>
    /// <param name="inputs">The inputs and what is known of them.</param>
    /// <param name="execution">Threads, progress, cancellation; the radii do not depend on threads.</param>
    /// <returns>The radius of every input, [n]; 0 where nothing is proved.</returns>
    /// <exception cref="ArgumentException">The function is of another kind: see <see cref="Supports"/>.</exception>
    double[] Radii(RobustnessInputs inputs, AttackExecution execution);
}
