namespace OneStep.Benchmarks;

/// <summary>A benchmark class that knows how much arithmetic each of its methods does.</summary>
public interface IFlopCount
{
    /// <summary>Multiply-adds times two that a dense product would take; what zeros save shows as more than the peak.</summary>
    double FlopsOf(string method);

    /// <summary>Whether a method computes in float64.</summary>
    bool IsDouble(string method) => false;
}
