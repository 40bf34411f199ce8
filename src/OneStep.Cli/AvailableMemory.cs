using System.Globalization;

namespace OneStep.Cli;

/// <summary>How much memory the machine has left. The library reads no environment, so the program tells it.</summary>
internal static class AvailableMemory
{
    private const string LinuxMemoryFile = "/proc/meminfo";

    /// <summary>
    /// Bytes that can be had without swapping: what Linux says is available, and no more than the limit of a container,
    /// which the runtime knows; elsewhere that limit, or the machine's memory, alone.
    /// </summary>
    public static long Bytes()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        try
        {
            return File.Exists(LinuxMemoryFile) && ParseLinux(File.ReadLines(LinuxMemoryFile)) is long free ? Math.Min(free, limit) : limit;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return limit;
        }
    }

    /// <summary>The line "MemAvailable: 123 kB" among others, in bytes; null where it is missing.</summary>
    public static long? ParseLinux(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["MemAvailable:", string number, ..] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes))
            {
                return kilobytes * 1024;
            }
        }

        return null;
    }
}
