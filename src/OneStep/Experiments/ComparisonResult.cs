using System.Text.Json.Serialization;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Numerics;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>What several attacks found on the same network and inputs; the method that its parameters name is not one of them.</summary>
public sealed record ComparisonResult : NetworkResult
{
    /// <summary>Wall time of drawing and training, in seconds.</summary>
    public required double TrainSeconds { get; init; }

    /// <summary>The attacks, in the order in which they were asked for.</summary>
    public required IReadOnlyList<MethodMeasurement> Attacks { get; init; }

    /// <summary>Where an attack that contains another is beaten by it: such an attack is wrong.</summary>
    public required IReadOnlyList<AttackViolation> Violations { get; init; }
}

/// <summary>What one attack found, and what it cost.</summary>
public sealed record MethodMeasurement
{
    /// <summary>The attack's name: one of <see cref="ExperimentMethods.Names"/>.</summary>
    public required string Method { get; init; }

    /// <summary>The attack and its configuration.</summary>
    public required string Attack { get; init; }

    /// <summary>The norm in which it makes perturbations small.</summary>
    public required NormKind Norm { get; init; }

    /// <summary>The size of δ in that norm over the flipped inputs.</summary>
    public required Summary Size { get; init; }

    /// <summary>The size beside the smallest that any of the attacks of that norm found for the same input; 1 or more.</summary>
    public required RatioSummary OverBest { get; init; }

    /// <summary>Passes forward per input that can be attacked.</summary>
    public required double ForwardPasses { get; init; }

    /// <summary>Passes backward per input that can be attacked.</summary>
    public required double BackwardPasses { get; init; }

    /// <summary>Wall time of the search, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>How the attacked inputs fall into kinds.</summary>
    public required ExampleCounts Examples { get; init; }

    /// <summary>How many flips the float64 re-evaluation confirmed.</summary>
    public required int Verified { get; init; }

    /// <summary>One row an attacked input.</summary>
    public required IReadOnlyList<AttackedExample> Rows { get; init; }

    /// <summary>How many inputs could be attacked: classified correctly.</summary>
    public int Attackable => Examples.Attackable;
}

/// <summary>A finished comparison: its numbers, and the arrays behind them.</summary>
/// <param name="Result">The numbers.</param>
/// <param name="Model">The attacked network; whoever asked disposes of it.</param>
/// <param name="Attacked">The attacked inputs and labels.</param>
/// <param name="Perturbations">δ of every attack, [n, d] each; zero rows where there is none.</param>
public sealed record ComparisonRun(
    ComparisonResult Result, [property: JsonIgnore] TrainedModel Model, LabelledInputs Attacked, IReadOnlyList<Matrix<float>> Perturbations);
