using System.Globalization;
using System.Text.RegularExpressions;

namespace OneStep.Studies.Slurm;

/// <summary>
/// Time limits as Slurm writes them: <c>minutes</c>, <c>minutes:seconds</c>, <c>hours:minutes:seconds</c>, <c>days-hours</c>,
/// <c>days-hours:minutes</c> and <c>days-hours:minutes:seconds</c>.
/// </summary>
public static partial class SlurmTime
{
    /// <summary>The shortest limit: Slurm rounds up to whole minutes.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The longest limit.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>What is allowed, to be read after "must be".</summary>
    public const string Range = "a time from 1 minute to 365 days as Slurm writes it: minutes, h:mm:ss or d-hh:mm:ss";

    private const int SecondsAMinute = 60;
    private const int SecondsAnHour = 3600;
    private const int SecondsADay = 86_400;

    /// <summary>Reads a time in any of Slurm's forms; the leading number may be as large as it likes, the others are clock
    /// digits.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="time">The time.</param>
    /// <returns>Whether the text is such a time and in its range.</returns>
    public static bool TryParse(string text, out TimeSpan time)
    {
        ArgumentNullException.ThrowIfNull(text);
        time = default;
        Match match = Form().Match(text);
        if (!match.Success)
        {
            return false;
        }

        // Without days, one number is minutes and two are minutes and seconds; with days, the first is always hours.
        long days = Field(match, "days");
        (long hours, long minutes, long seconds) = match switch
        {
            _ when match.Groups["days"].Success => (Field(match, "first"), Field(match, "second"), Field(match, "third")),
            _ when match.Groups["third"].Success => (Field(match, "first"), Field(match, "second"), Field(match, "third")),
            _ => (0, Field(match, "first"), Field(match, "second")),
        };
        if ((match.Groups["days"].Success && hours > 23)
            || (match.Groups["second"].Success && Field(match, "second") > 59)
            || (match.Groups["third"].Success && Field(match, "third") > 59))
        {
            return false;
        }

        time = TimeSpan.FromSeconds((days * SecondsADay) + (hours * SecondsAnHour) + (minutes * SecondsAMinute) + seconds);
        return IsInRange(time);
    }

    /// <summary>The time as <c>d-hh:mm:ss</c>, or <c>h:mm:ss</c> below a day; parts of a second are rounded up.</summary>
    public static string Format(TimeSpan time)
    {
        time = TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));
        string clock = $"{time.Minutes:00}:{time.Seconds:00}";
        return time.Days > 0 ? $"{time.Days}-{time.Hours:00}:{clock}" : $"{time.Hours}:{clock}";
    }

    /// <summary>Whether a limit is neither too short nor too long.</summary>
    internal static bool IsInRange(TimeSpan time) => time >= Shortest && time <= Longest;

    private static long Field(Match match, string name) =>
        match.Groups[name].Success ? long.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"\A(?:(?<days>[0-9]{1,9})-)?(?<first>[0-9]{1,9})(?::(?<second>[0-9]{1,2})(?::(?<third>[0-9]{1,2}))?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
