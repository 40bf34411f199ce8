namespace OneStep.Networks.Deep;

/// <summary>
/// A scalar of a network's outputs z: z_o − max_j z_j over some competitors j, or z_o where there are none
/// (docs/mathematics.md §15).
/// </summary>
/// <param name="Output">o.</param>
/// <param name="Competitors">The j, in ascending order.</param>
internal sealed record OutputMargin(int Output, int[] Competitors)
{
    /// <summary>No competitor.</summary>
    public const int None = -1;

    /// <summary>The scalar, and the competitor of the largest output: the one with the smallest index at ties.</summary>
    /// <param name="outputs">z.</param>
    /// <returns>The value and j, or <see cref="None"/>.</returns>
    public (double Value, int Competitor) Of(ReadOnlySpan<double> outputs)
    {
        int largest = None;
        foreach (int j in Competitors)
        {
            if (largest == None || outputs[j] > outputs[largest])
            {
                largest = j;
            }
        }

        return (outputs[Output] - (largest == None ? 0 : outputs[largest]), largest);
    }
}
