using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmOptionsTests
{
    public static TheoryData<SlurmOptions, string, string> OutOfRange => new()
    {
        { new() { Partition = "" }, "partition", "''" },
        { new() { Partition = "a b" }, "partition", "'a b'" },
        { new() { Partition = "a\n#SBATCH --uid=0" }, "partition", "letters" },
        { new() { Partition = "a,,b" }, "partition", "'a,,b'" },
        { new() { Time = TimeSpan.FromSeconds(59) }, "time", "00:00:59" },
        { new() { Time = TimeSpan.FromDays(365.5) }, "time", "365.12:00:00" },
        { new() { Memory = 0 }, "memory", "0" },
        { new() { Memory = double.NaN }, "memory", "NaN" },
        { new() { Memory = 65_537 }, "memory", "65537" },
        { new() { CpusPerTask = 0 }, "cpus-per-task", "0" },
        { new() { CpusPerTask = 4097 }, "cpus-per-task", "4097" },
        { new() { ArrayParallelism = 0 }, "array-parallelism", "0" },
        { new() { ArrayParallelism = -1 }, "array-parallelism", "-1" },
    };

    [Fact]
    public void Defaults_are_in_their_ranges() => new SlurmOptions().Validate();

    [Fact]
    public void Bounds_belong_to_the_ranges()
    {
        new SlurmOptions { Partition = "long,short_2.x-y", Time = SlurmTime.Shortest, Memory = 0.1, CpusPerTask = 1, ArrayParallelism = 1 }.Validate();
        new SlurmOptions { Time = SlurmTime.Longest, Memory = 65_536, CpusPerTask = 4096, ArrayParallelism = 1_000_000 }.Validate();
    }

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_value_out_of_its_range_is_one_sentence_that_names_it(SlurmOptions options, string parameter, string value)
    {
        InvalidParameterException exception = Assert.Throws<InvalidParameterException>(options.Validate);
        Assert.Equal(parameter, exception.Parameter);
        Assert.StartsWith($"{parameter} is ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(value, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
    }
}
