namespace OneStep.Statistics;

/// <summary>Numbers cut to a few digits.</summary>
public static class SignificantDigits
{
    /// <summary>The largest number of so many significant digits that is not above a value: of a proved radius more would not be true.</summary>
    /// <param name="value">From 0 on, in any unit.</param>
    /// <param name="digits">How many digits, at least 1.</param>
    /// <returns>A number within one unit of the last digit below the value, in its unit; what is not above 0 or not finite as it is.</returns>
    public static double RoundDown(double value, int digits)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            return value;
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - digits + 1);
        return Math.Floor(value / unit) * unit;
    }
}
