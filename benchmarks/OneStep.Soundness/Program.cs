using System.Diagnostics;
using OneStep;
using OneStep.Soundness;

// dotnet run -c Release --project benchmarks/OneStep.Soundness -- --seed 1 --count 10000
// dotnet run -c Release --project benchmarks/OneStep.Soundness -- --seed 1 --first 4711 --count 1
SoundnessOptions options;
try
{
    options = SoundnessOptions.Parse(args);
}
catch (InvalidParameterException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

long start = Stopwatch.GetTimestamp();
long told = start;
int violated = 0;
CheckTally[] tallies = SoundnessRun.Run(options, (finished, violations) =>
{
    // A long run tells at once what it finds.
    violated += violations.Count;
    foreach (string violation in violations)
    {
        Console.Error.WriteLine(violation);
    }

    if (Stopwatch.GetElapsedTime(told).TotalSeconds >= 5 || finished == options.Count)
    {
        told = Stopwatch.GetTimestamp();
        Console.Error.WriteLine($"{finished} of {options.Count} instances, {violated} violations, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
    }
});
double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
Console.Write(options.Json ? SoundnessReport.Json(options, tallies, seconds) : SoundnessReport.Table(tallies));
return tallies.Sum(tally => tally.Violations.Count) > 0 ? 1 : 0;
