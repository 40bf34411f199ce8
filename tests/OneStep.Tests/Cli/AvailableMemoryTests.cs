using OneStep.Cli;

namespace OneStep.Tests.Cli;

public class AvailableMemoryTests
{
    [Fact]
    public void Linux_says_it_in_a_line_of_its_own() =>
        Assert.Equal(21_300_000L * 1024, AvailableMemory.ParseLinux(["MemTotal:  24000000 kB", "MemFree: 1000 kB", "MemAvailable:   21300000 kB"]));

    [Theory]
    [InlineData("MemFree: 1000 kB")]
    [InlineData("MemAvailable: much kB")]
    [InlineData("")]
    public void Other_lines_say_nothing(string line) => Assert.Null(AvailableMemory.ParseLinux([line]));

    [Fact]
    public void This_machine_has_some() => Assert.InRange(AvailableMemory.Bytes(), 1, long.MaxValue);
}
