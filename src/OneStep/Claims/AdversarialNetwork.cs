using OneStep.Experiments;

namespace OneStep.Claims;

/// <summary>A network in its lazy ball, trained adversarially at a budget and attacked within it.</summary>
public sealed record AdversarialNetwork
{
    /// <summary>d.</summary>
    public required int Dimension { get; init; }

    /// <summary>m.</summary>
    public required int Width { get; init; }

    /// <summary>C0 of the ball the network was trained in.</summary>
    public required double C0 { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>max_s ‖w_s − w_{s,0}‖.</summary>
    public required double Deviation { get; init; }

    /// <summary>ε, in training and attack alike.</summary>
    public required double Budget { get; init; }

    /// <summary>How many test images there were.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them are classified correctly and flipped by no attack within the budget.</summary>
    public required int Robust { get; init; }

    /// <summary>V = C0/√m.</summary>
    public double Radius => C0 / Math.Sqrt(Width);

    /// <summary>The robust part of all test images.</summary>
    public double RobustAccuracy => (double)Robust / Total;

    /// <summary>Takes from an experiment what the claims are about.</summary>
    /// <exception cref="ArgumentException">The network was not trained adversarially.</exception>
    public static AdversarialNetwork From(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        double budget = result.Parameters.Adversarial.Budget;
        int position = result.RobustAccuracy is { } robust ? robust.Budgets.ToList().IndexOf(budget) : -1;
        Require(result.Parameters.Adversarial.IsOn && position >= 0, nameof(result));
        return new()
        {
            Dimension = result.Parameters.Dimension,
            Width = result.Parameters.Width,
            C0 = result.Parameters.C0,
            Seed = result.Parameters.Seed,
            Deviation = result.Deviation,
            Budget = budget,
            Total = result.Examples.Total,
            Robust = (int)Math.Round(result.RobustAccuracy!.Value[position] * result.Examples.Total),
        };
    }

    /// <summary>Throws unless there is a robust accuracy at the budget of the training.</summary>
    internal static void Require(bool isMeasured, string parameter)
    {
        if (!isMeasured)
        {
            throw new ArgumentException("The network was not trained adversarially, or not attacked within the budget of its training.", parameter);
        }
    }
}
