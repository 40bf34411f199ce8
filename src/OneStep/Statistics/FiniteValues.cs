namespace OneStep.Statistics;

/// <summary>
/// Samples that statistics may be taken of. A NaN or an infinity is a failure that was to be counted apart; in a mean it
/// would spread unseen, and in a median it would be sorted away.
/// </summary>
internal static class FiniteValues
{
    /// <summary>Copies a sample.</summary>
    /// <exception cref="ArgumentException">A value is not finite; the message names its position.</exception>
    public static double[] Copy(IEnumerable<double> values, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        double[] copy = [.. values];
        int position = Array.FindIndex(copy, value => !double.IsFinite(value));
        return position < 0
            ? copy
            : throw new ArgumentException($"Statistics need finite values, but value {position} is {copy[position]}.", parameter);
    }
}
