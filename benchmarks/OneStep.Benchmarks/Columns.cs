using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace OneStep.Benchmarks;

/// <summary>Billions of operations a second, from the median time.</summary>
public sealed class ThroughputColumn : KernelColumn
{
    public override string Id => nameof(ThroughputColumn);

    public override string ColumnName => "GF/s";

    public override string Legend => "Billions of floating-point operations a second of the dense product";

    protected override string Show(double gigaflops, double peak) => $"{gigaflops:f1}";
}

/// <summary>The part of the measured FMA peak of one core.</summary>
public sealed class PeakPartColumn : KernelColumn
{
    public override string Id => nameof(PeakPartColumn);

    public override string ColumnName => "% of peak";

    public override string Legend => $"Percent of one core's fused multiply-add peak, {FmaPeak.SinglePrecision:f0} GF/s in float32";

    protected override string Show(double gigaflops, double peak) => $"{100 * gigaflops / peak:f0}";
}

/// <summary>A column computed from a benchmark's arithmetic and its median time.</summary>
public abstract class KernelColumn : IColumn
{
    public abstract string Id { get; }

    public abstract string ColumnName { get; }

    public abstract string Legend { get; }

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        BenchmarkReport? report = summary[benchmarkCase];
        if (report?.ResultStatistics is not { } statistics
            || Activator.CreateInstance(benchmarkCase.Descriptor.Type) is not IFlopCount counter)
        {
            return "-";
        }

        foreach (var parameter in benchmarkCase.Parameters.Items)
        {
            benchmarkCase.Descriptor.Type.GetProperty(parameter.Name)?.SetValue(counter, parameter.Value);
        }

        string method = benchmarkCase.Descriptor.WorkloadMethod.Name;
        double gigaflops = counter.FlopsOf(method) / statistics.Median;
        return Show(gigaflops, counter.IsDouble(method) ? FmaPeak.DoublePrecision : FmaPeak.SinglePrecision);
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    protected abstract string Show(double gigaflops, double peak);
}
