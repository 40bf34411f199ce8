using System.Diagnostics;
using OneStep.Data;
using OneStep.TangentKernel;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>What the theorem of [JT19] asks for on a training set (docs/mathematics.md §18).</summary>
/// <param name="Margin">The margin γ of the tangent features, between two bounds.</param>
/// <param name="Samples">With how many weights it was estimated.</param>
/// <param name="Risk">ε, the mean logistic loss asked for.</param>
/// <param name="Asked">What the theorem asks for at the lower bound; null where that is zero, or ε not between 0 and 1: of these it
/// does not speak.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record TangentRegime(SeparationMarginEstimate Margin, int Samples, double Risk, TangentRegimeWidth? Asked, double Seconds)
{
    /// <summary>Estimates the margin; null where nobody asked for it.</summary>
    /// <param name="examples">The training set.</param>
    /// <param name="samples">How many weights; 0 where nobody asked.</param>
    /// <param name="seed">The seed of the weights.</param>
    /// <param name="risk">ε.</param>
    /// <param name="learningRate">η; the theorem's largest, 1, stands for larger ones.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    internal static TangentRegime? Of(LabelledInputs examples, int samples, ulong seed, double risk, double learningRate, ExperimentExecution execution)
    {
        if (samples == 0)
        {
            return null;
        }

        long start = Stopwatch.GetTimestamp();
        var options = new SeparationMarginOptions { Samples = samples, Seed = seed };
        SeparationMarginEstimate margin = SeparationMargin.Estimate(examples, options, KernelRelay.Execution(execution, options.Steps));
        TangentRegimeWidth? asked = margin.Lower > 0 && risk is > 0 and < 1
            ? TangentRegimeWidth.Of(Math.Min(1, margin.Lower), examples.Count, risk, learningRate: Math.Min(1, learningRate))
            : null;
        return new(margin, samples, risk, asked, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
