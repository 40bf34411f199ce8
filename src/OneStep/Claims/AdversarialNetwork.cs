using OneStep.Experiments;

namespace OneStep.Claims;

/// <summary>A network in its lazy ball, trained adversarially at a budget and attacked within it.</summary>
public sealed record AdversarialNetwork : MeasuredNetwork
{
    /// <summary>ε, in training and attack alike.</summary>
    public required double Budget { get; init; }

    /// <summary>How many test images are classified correctly and flipped by no attack within the budget.</summary>
    public required int Robust { get; init; }

    /// <summary>The robust part of all test images.</summary>
    public double RobustAccuracy => (double)Robust / Total;

    /// <summary>Takes from an experiment what the claims are about.</summary>
    /// <exception cref="ArgumentException">The network was not trained adversarially.</exception>
    public static AdversarialNetwork From(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        double budget = result.Parameters.Adversarial.Budget;
        int position = result.RobustAccuracy is { } robust ? robust.Budgets.ToList().IndexOf(budget) : -1;
        if (!result.Parameters.Adversarial.IsOn || position < 0)
        {
            throw new ArgumentException("The network was not trained adversarially, or not attacked within the budget of its training.", nameof(result));
        }

        return new()
        {
            Dimension = result.Parameters.Dimension,
            Width = result.Parameters.Width,
            C0 = result.Parameters.C0,
            Seed = result.Parameters.Seed,
            Deviation = result.Deviation ?? double.NaN,
            Budget = budget,
            Total = result.Examples.Total,
            Robust = (int)Math.Round(result.RobustAccuracy!.Value[position] * result.Examples.Total),
        };
    }
}
