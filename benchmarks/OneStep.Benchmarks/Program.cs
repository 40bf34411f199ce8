using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OneStep.Benchmarks;

// dotnet run -c Release --project benchmarks/OneStep.Benchmarks -- --filter '*'
// dotnet run -c Release --project benchmarks/OneStep.Benchmarks -- beside-peak [NAME]
// dotnet run -c Release --project benchmarks/OneStep.Benchmarks -- beside-one-thread [NAME]
// dotnet run -c Release --project benchmarks/OneStep.Benchmarks -- memory
string only = args.ElementAtOrDefault(1) ?? string.Empty;
switch (args.FirstOrDefault())
{
    case "beside-peak":
        AlternatingTable.BesidePeak(only);
        return;
    case "beside-one-thread":
        AlternatingTable.BesideOneThread(only, Environment.ProcessorCount);
        return;
    case "memory":
        MemoryTable.Print();
        return;
    default:
        break;
}

IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(7).WithMaxRelativeError(0.05))
    .HideColumns(Column.Error, Column.StdDev, Column.RatioSD)
    .AddColumn(StatisticColumn.Median, new ThroughputColumn(), new PeakPartColumn())
    .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableOptimizationsValidator);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
