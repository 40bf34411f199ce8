using OneStep.Soundness.Checks;

namespace OneStep.Soundness;

/// <summary>Runs all checks on instance after instance. What an instance and its attacks are depends on the seed and its index alone.</summary>
internal static class SoundnessRun
{
    /// <summary>Every check, in the order of the table; their random numbers depend on their place, so new ones come last.</summary>
    public static IReadOnlyList<ICertificateCheck> Checks { get; } =
    [
        new BallWideCheck(),
        new UniversalCheck(),
        new OneQueryCheck(),
        new JointCheck(),
        new SubsetCheck(),
        new RobustAccuracyCheck(),
        new StepCheck(),
        new ConeCheck(),
        new HoldingCheck(),
        new TwoLayerRadiusCheck(),
        new ExactMinimumCheck(),
        new DeepRadiusCheck(),
    ];

    /// <summary>Runs the checks.</summary>
    /// <param name="options">Which instances, and threads.</param>
    /// <param name="progress">Told how many instances are finished, and what the last one violated.</param>
    /// <returns>One tally for every check.</returns>
    public static CheckTally[] Run(SoundnessOptions options, Action<int, IReadOnlyList<string>>? progress = null)
    {
        CheckTally[] tallies = [.. Checks.Select(_ => CheckTally.Empty)];
        CheckTally[]?[] found = new CheckTally[options.Count][];
        int finished = 0;
        int added = 0;
        Parallel.For(0, options.Count, new() { MaxDegreeOfParallelism = options.Threads }, at =>
        {
            CheckTally[] own = Attack(options.Seed, options.First + at);
            lock (tallies)
            {
                found[at] = own;

                // In the order of the instances, so that the list of violations is always the same.
                for (; added < found.Length && found[added] is { } next; added++)
                {
                    for (int check = 0; check < tallies.Length; check++)
                    {
                        tallies[check].Add(next[check], options.First + added);
                    }

                    found[added] = null;
                }

                progress?.Invoke(++finished, [.. own.SelectMany((tally, check) => tally.Violations.Select(violation => $"{Checks[check].Name}, instance {options.First + at}: {violation}"))]);
            }
        });
        return tallies;
    }

    /// <summary>Runs the checks on one instance.</summary>
    public static CheckTally[] Attack(int seed, int index)
    {
        using var instance = new SoundnessInstance(seed, index);
        CheckTally[] tallies = [.. Checks.Select(_ => new CheckTally())];
        for (int check = 0; check < tallies.Length; check++)
        {
            try
            {
                Checks[check].Attack(instance, instance.RandomFor(check + 1), tallies[check]);
            }
#pragma warning disable CA1031 // Whatever the library throws on a valid ball is a finding, and the run goes on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                tallies[check].Violated($"{exception.GetType().Name}: {exception.Message}");
            }
        }

        return tallies;
    }
}
