using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OneStep.Benchmarks;

// dotnet run -c Release --project benchmarks/OneStep.Benchmarks -- --filter '*'
IConfig config = DefaultConfig.Instance
    .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(7).WithMaxRelativeError(0.05))
    .HideColumns(Column.Error, Column.StdDev, Column.RatioSD)
    .AddColumn(StatisticColumn.Median, new ThroughputColumn(), new PeakPartColumn())
    .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableOptimizationsValidator);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
