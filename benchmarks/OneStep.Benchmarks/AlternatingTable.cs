using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace OneStep.Benchmarks;

/// <summary>
/// Measures benchmarks in turns with something else, some milliseconds at a time, and prints the median of the ratios. On a
/// machine that is shared, whose clock and caches change from second to second, ratios of neighbours are all that is steady.
/// </summary>
public static class AlternatingTable
{
    private const double BurstSeconds = 0.004;
    private const int Bursts = 121;

    /// <summary>Every kernel beside the machine's peak: a row each, as Markdown.</summary>
    public static void BesidePeak(string filter)
    {
        Console.WriteLine("| kernel | shape | GF/s | % of the FMA peak beside it: median | undisturbed |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach ((object benchmark, MethodInfo method, string shape) in Cases(filter, typeof(IFlopCount)))
        {
            var counter = (IFlopCount)benchmark;
            double flops = counter.FlopsOf(method.Name);
            Action run = method.CreateDelegate<Action>(benchmark);
            int repeats = Calibrate(run);
            var speeds = new List<double>();
            var parts = new List<double>();
            for (int burst = 0; burst < Bursts; burst++)
            {
                double peak = FmaPeak.Burst() / (counter.IsDouble(method.Name) ? 2 : 1);
                double speed = flops * repeats / Time(run, repeats) / 1e9;
                speeds.Add(speed);
                parts.Add(100 * speed / ((peak + (FmaPeak.Burst() / (counter.IsDouble(method.Name) ? 2 : 1))) / 2));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Name(method)} | {shape} | {Median(speeds):f0} | {Median(parts):f0} | {Undisturbed(parts):f0} |"));
            (benchmark as IDisposable)?.Dispose();
        }
    }

    /// <summary>Every pass with some threads beside the same pass with one.</summary>
    public static void BesideOneThread(string filter, int threads)
    {
        Console.WriteLine($"| pass | shape | one thread | {threads} threads | ratio |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach ((object benchmark, MethodInfo method, string shape) in Cases(filter, typeof(IThreaded)))
        {
            var several = (IThreaded)Activator.CreateInstance(benchmark.GetType())!;
            CopyParameters(benchmark, several);
            several.Threads = threads;
            Setup(several);
            Action one = method.CreateDelegate<Action>(benchmark);
            Action many = method.CreateDelegate<Action>(several);
            int repeats = Math.Max(Calibrate(one), Calibrate(many));
            var times = new List<double>();
            var ratios = new List<double>();
            for (int burst = 0; burst < Bursts; burst++)
            {
                double before = Time(one, repeats);
                double time = Time(many, repeats);
                ratios.Add((before + Time(one, repeats)) / 2 / time);
                times.Add(before / repeats);
            }

            double median = Median(times);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {Name(method)} | {shape} | {1e3 * median:f2} ms | {1e3 * median / Median(ratios):f2} ms | {Median(ratios):f2} |"));
            (benchmark as IDisposable)?.Dispose();
            (several as IDisposable)?.Dispose();
        }
    }

    private static IEnumerable<(object Benchmark, MethodInfo Method, string Shape)> Cases(string filter, Type kind) =>
        from type in typeof(AlternatingTable).Assembly.GetTypes()
        where kind.IsAssignableFrom(type) && !type.IsInterface
        from method in type.GetMethods()
        where method.GetCustomAttribute<BenchmarkAttribute>() is not null && Name(method).Contains(filter, StringComparison.Ordinal)
        from values in Combinations(type)
        let benchmark = Make(type, values)
        select (benchmark, method, string.Join(", ", values.Select(v => $"{v.Property.Name} {v.Value}")));

    private static IEnumerable<(PropertyInfo Property, object Value)[]> Combinations(Type type)
    {
        IEnumerable<(PropertyInfo, object)[]> all = [[]];
        foreach (PropertyInfo property in type.GetProperties().Where(p => p.GetCustomAttribute<ParamsAttribute>() is not null))
        {
            object[] values = property.GetCustomAttribute<ParamsAttribute>()!.Values!;
            all = [.. from chosen in all from value in values select (((PropertyInfo, object)[])[.. chosen, (property, value)])];
        }

        return all;
    }

    private static object Make(Type type, (PropertyInfo Property, object Value)[] values)
    {
        object benchmark = Activator.CreateInstance(type)!;
        foreach ((PropertyInfo property, object value) in values)
        {
            property.SetValue(benchmark, value);
        }

        Setup(benchmark);
        return benchmark;
    }

    private static void CopyParameters(object from, object to)
    {
        foreach (PropertyInfo property in from.GetType().GetProperties().Where(p => p.GetCustomAttribute<ParamsAttribute>() is not null))
        {
            property.SetValue(to, property.GetValue(from));
        }
    }

    private static void Setup(object benchmark) =>
        benchmark.GetType().GetMethods().Single(m => m.GetCustomAttribute<GlobalSetupAttribute>() is not null).Invoke(benchmark, null);

    private static int Calibrate(Action run)
    {
        // The first call compiles; the fastest of some tells how many fit a burst.
        run();
        double fastest = Enumerable.Range(0, 5).Min(_ => Time(run, 1));
        return Math.Max(1, (int)(BurstSeconds / fastest));
    }

    private static double Time(Action run, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // The fastest tenth: what is left when nobody else uses the processor's other half.
    private static double Undisturbed(List<double> values) => values.Order().ElementAt(values.Count * 9 / 10);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
