#!/usr/bin/env dotnet
#:project ../src/OneStep/OneStep.csproj

// Reruns the table of docs/protocol.md: C0 = 10, m = 1000, `stop`, MNIST 0 against 1, one column a dimension, the mean
// over test images averaged over seeds, beside the same figures from independent code (60 seeds).
//   dotnet run -c Release benchmarks/protocol-table.cs [seeds, default 20]

using System.Runtime.CompilerServices;
using OneStep.Data;
using OneStep.Experiments;

int seeds = args.Length > 0 ? int.Parse(args[0]) : 20;
ImageDataset mnist = ImageDataset.FromDirectory(Path.Combine(FolderOfThisFile(), "..", "data", "mnist"));
int[] sides = [5, 7, 10, 14, 20, 28];
(string Name, Func<ExperimentResult, double> Of, (double Mean, double Deviation)[] Reference)[] quantities =
[
    ("mean ‖δ‖", r => r.PerturbationNorm.Mean!.Value, [(.428, .031), (.313, .029), (.231, .025), (.177, .022), (.1225, .016), (.0846, .013)]),
    ("mean ‖∇f‖", r => r.GradientNorm.Mean!.Value, [(5.04, .51), (5.98, .53), (7.80, .39), (10.55, .35), (14.46, .41), (20.13, .36)]),
    ("mean η", r => r.StepSize.Mean!.Value, [(.0871, .011), (.0531, .006), (.0298, .003), (.0168, .002), (.0085, .001), (.0042, .0006)]),
    ("mean margin", r => r.Margin.Mean!.Value, [(2.11, .31), (1.79, .26), (1.71, .22), (1.78, .23), (1.70, .24), (1.65, .25)]),
];

var results = new Dictionary<int, ExperimentResult[]>();
foreach (int side in sides)
{
    var runs = new List<ExperimentResult>();
    for (int seed = 0; seed < seeds; seed++)
    {
        ExperimentRun run = Experiment.Run(
            new ExperimentParameters { Side = side, Width = 1000, C0 = 10, Seed = (ulong)seed }, mnist, new ExperimentExecution());
        run.Network.Dispose();
        runs.Add(run.Result);
    }

    results[side] = [.. runs];
    Console.Error.WriteLine($"d = {side * side}: {seeds} seeds done");
}

Console.WriteLine($"| d | {string.Join(" | ", sides.Select(s => s * s))} |");
Console.WriteLine($"|---|{string.Concat(sides.Select(_ => "---|"))}");
bool all = true;
foreach (var (name, of, reference) in quantities)
{
    string[] cells = [.. sides.Select((side, i) =>
    {
        double[] values = [.. results[side].Select(of)];
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / Math.Max(values.Length - 1, 1));
        bool within = Math.Abs(mean - reference[i].Mean) <= 3 * reference[i].Deviation * Math.Sqrt((1.0 / seeds) + (1.0 / 60));
        all &= within;
        return $"{mean:g4} ({deviation:g2}); {reference[i].Mean:g4}{(within ? "" : " OUTSIDE")}";
    })];
    Console.WriteLine($"| {name} (sd); reference | {string.Join(" | ", cells)} |");
}

Console.WriteLine($"| accuracy, mean; lowest | {string.Join(" | ", sides.Select(s => $"{results[s].Average(r => r.CleanAccuracy):f4}; {results[s].Min(r => r.CleanAccuracy):f4}"))} |");
Console.WriteLine($"| flipped and verified, of those classified correctly | {string.Join(" | ", sides.Select(s => $"{results[s].Sum(r => r.Verified)} of {results[s].Sum(r => r.Examples.Total - r.Examples.Misclassified)}"))} |");
Console.WriteLine(all ? "Every mean is within 3 sd √(1/n + 1/60) of its reference." : "A mean is outside 3 sd √(1/n + 1/60) of its reference.");
return all ? 0 : 1;

static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
