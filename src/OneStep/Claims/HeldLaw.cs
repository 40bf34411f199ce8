using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>A power law along one parameter, another one held at its largest value that has enough points: what could not be computed
/// there does not silence all others.</summary>
/// <param name="Held">The value at which the other parameter is held.</param>
/// <param name="Law">The law.</param>
internal sealed record HeldLaw(int Held, SeededPowerLaw Law)
{
    /// <summary>Fits the law.</summary>
    /// <typeparam name="T">What was measured.</typeparam>
    /// <param name="measured">The measurements.</param>
    /// <param name="held">The parameter that is held.</param>
    /// <param name="value">The abscissa, the seed and the ordinate; null where a measurement has none, as if it were missing.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The law at the largest value with three abscissae, else with two; null where there is none.</returns>
    public static HeldLaw? AtLargest<T>(
        IEnumerable<T> measured, Func<T, int> held, Func<T, SeededValue?> value, SeedBootstrap bootstrap, CancellationToken cancellation)
    {
        (int Held, SeededValue[] Values)[] groups =
            [.. measured.GroupBy(held).Select(group => (group.Key, group.Select(value).OfType<SeededValue>().ToArray())).OrderBy(group => group.Key)];
        static int Points((int Held, SeededValue[] Values) group) => group.Values.DistinctBy(v => v.X).Take(SlopeRule.MinimumPoints).Count();
        return groups.Where(group => Points(group) >= 2).OrderBy(Points).ThenBy(group => group.Held)
            .Select(group => new HeldLaw(group.Held, SeededPowerLaw.OfMeans(group.Values, bootstrap, cancellation)!)).LastOrDefault();
    }
}
