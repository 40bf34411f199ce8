using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>The search of one input's radius on a deep network by a bound that is evaluated radius by radius.</summary>
internal abstract class DeepSearch(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation) : IInputSearch
{
    private IReadOnlyList<DeepObjective> _objectives = [];

    /// <summary>The layers.</summary>
    protected DeepRows Rows => rows;

    /// <summary>Ends the search early.</summary>
    protected CancellationToken Cancellation => cancellation;

    /// <summary>x, [d].</summary>
    protected double[] Input { get; } = new double[rows.Network.InputDimension];

    /// <inheritdoc/>
    public double Radius(int input)
    {
        Vectors.Sum(inputs.Inputs.Row(input), [], Input);
        _objectives = DeepObjective.Of((DeepScoreFunction)inputs.Function, inputs.Inputs.Row(input), inputs.Signs[input]);
        double known = Vectors.Norm(inputs.Perturbations.Row(input));
        double guess = known > 0 ? known : Math.Abs(inputs.Scores[input].Value) / _objectives[0].FullNorm;
        return FindRadius(guess, _objectives);
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>The largest radius that is found at which all objectives stay positive.</summary>
    /// <param name="guess">Where to begin.</param>
    /// <param name="objectives">The objectives.</param>
    protected virtual double FindRadius(double guess, IReadOnlyList<DeepObjective> objectives) =>
        RadiusSearch.Find(guess, double.PositiveInfinity, radius =>
        {
            cancellation.ThrowIfCancellationRequested();
            Propagate(radius);
            return objectives.All(objective => LowerBound(objective, radius) > 0);
        });

    /// <summary>Bounds what every hidden layer puts out where ‖δ‖ ≤ R.</summary>
    protected abstract void Propagate(double radius);

    /// <summary>At most the smallest value of an objective, from what was propagated last.</summary>
    protected abstract double LowerBound(DeepObjective objective, double radius);
}
