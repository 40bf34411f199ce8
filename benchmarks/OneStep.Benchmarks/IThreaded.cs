namespace OneStep.Benchmarks;

/// <summary>A benchmark that can use several threads.</summary>
public interface IThreaded
{
    /// <summary>How many; 1 unless told otherwise before the setup.</summary>
    int Threads { get; set; }
}
