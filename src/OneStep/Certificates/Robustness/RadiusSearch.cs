namespace OneStep.Certificates.Robustness;

/// <summary>Looks for a large radius at which a bound holds. Each radius that is tried is proved by itself, so that nothing depends on
/// whether the bound falls with the radius.</summary>
internal static class RadiusSearch
{
    // The last bracket, as a part of the radius.
    private const double Tolerance = 1.0 / (1 << 12);
    private const double Factor = 4;

    // A bound that needs a radius so much smaller than the first guess says nothing of use, and one that holds so far out is not
    // followed any further.
    private const double Smallest = 1e-9;
    private const double Largest = 1 << 20;

    /// <summary>The largest radius that was tried and holds; 0 where none does.</summary>
    /// <param name="guess">Where to begin, positive and finite.</param>
    /// <param name="most">The largest radius of interest, at least the guess.</param>
    /// <param name="holds">Whether the bound is proved at a radius.</param>
    public static double Find(double guess, double most, Func<double, bool> holds)
    {
        if (!(guess > 0) || !double.IsFinite(guess))
        {
            return 0;
        }

        double end = Math.Min(most, Largest * guess);
        double proved = 0;
        double failed = guess;
        while (holds(failed))
        {
            proved = failed;
            if (proved >= end)
            {
                return proved;
            }

            failed = Math.Min(failed * Factor, end);
        }

        while (proved == 0 || failed - proved > Tolerance * proved)
        {
            double middle = proved == 0 ? failed / Factor : 0.5 * (proved + failed);
            if (middle < Smallest * guess)
            {
                return 0;
            }

            if (holds(middle))
            {
                proved = middle;
            }
            else
            {
                failed = middle;
            }
        }

        return proved;
    }
}
