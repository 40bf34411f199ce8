using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>What a caption says of the seeds behind its marks.</summary>
internal static class SeedText
{
    /// <summary>How many seeds the means are over, and what the bars are.</summary>
    /// <param name="means">The means of a figure; at least one.</param>
    public static string Bars(IReadOnlyCollection<SeedMean> means)
    {
        int seeds = means.Max(mean => mean.Seeds);
        return seeds == 1 ? "There is one seed only, so there are no error bars."
            : $"Means over {(means.All(mean => mean.Seeds == seeds) ? string.Empty : "up to ")}{seeds} seeds; bars are 95 % intervals over seeds, cut off where they are longer than the picture bears.";
    }
}
