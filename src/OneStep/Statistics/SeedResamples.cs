namespace OneStep.Statistics;

/// <summary>
/// Every resample of n seeds, each once. Of the nⁿ ordered samples those that hold the same seeds as often give the same
/// statistic, so that one of them stands for all: C(2n − 1, n) samples, 126 instead of 3125 for five seeds.
/// </summary>
internal static class SeedResamples
{
    /// <summary>How many samples there are that differ in more than their order, C(2n − 1, n); infinity where that exceeds a double.</summary>
    /// <param name="seedCount">n, at least 1.</param>
    public static double Count(int seedCount)
    {
        double count = 1;
        for (int k = 1; k <= seedCount; k++)
        {
            count = count * (seedCount - 1 + k) / k;
        }

        return Math.Round(count);
    }

    /// <summary>The samples, positions ascending in each, with the probability that n draws with replacement give it in some order:
    /// n!/∏ₖ cₖ! / nⁿ where position k is there cₖ times. The probabilities add up to one.</summary>
    /// <param name="seedCount">n, at least 1.</param>
    public static IEnumerable<(int[] Sample, double Probability)> All(int seedCount)
    {
        int[] sample = new int[seedCount];
        do
        {
            yield return ([.. sample], Probability(sample));
        }
        while (Advance(sample));
    }

    // The next ascending sequence of positions in lexicographic order.
    private static bool Advance(int[] sample)
    {
        int last = Array.FindLastIndex(sample, position => position < sample.Length - 1);
        if (last < 0)
        {
            return false;
        }

        Array.Fill(sample, sample[last] + 1, last, sample.Length - last);
        return true;
    }

    // n!/∏ₖ cₖ! / nⁿ as a product over the draws: each brings one factor of n!, one of nⁿ, and one of a cₖ!.
    private static double Probability(int[] sample)
    {
        double probability = 1;
        int repeats = 0;
        for (int draw = 0; draw < sample.Length; draw++)
        {
            repeats = draw > 0 && sample[draw] == sample[draw - 1] ? repeats + 1 : 1;
            probability *= (draw + 1.0) / repeats / sample.Length;
        }

        return probability;
    }
}
