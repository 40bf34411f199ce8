namespace OneStep.Certificates.Robustness;

/// <summary>The search of one input's radius on a two-layer network, from the rows at that input.</summary>
internal abstract class TwoLayerSearch(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation) : IInputSearch
{
    /// <summary>The rows of the network.</summary>
    protected TwoLayerRows Rows => rows;

    /// <summary>The rows at the input.</summary>
    protected RowsAtInput At { get; } = new(rows);

    /// <summary>A number a row, for whatever the search needs.</summary>
    protected double[] Factors { get; } = new double[rows.Width];

    /// <summary>Ends the search early.</summary>
    protected CancellationToken Cancellation => cancellation;

    /// <inheritdoc/>
    public double Radius(int input)
    {
        At.MoveTo(inputs.Inputs.Row(input), inputs.Signs[input], cancellation);
        double radius = FindRadius(inputs.Perturbations.Row(input));
        return radius > 0 && double.IsFinite(radius) ? radius : 0;
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>The radius at the present input; anything but a positive number for none.</summary>
    /// <param name="perturbation">What is known of where to look; zero for nothing.</param>
    protected abstract double FindRadius(ReadOnlySpan<float> perturbation);
}
