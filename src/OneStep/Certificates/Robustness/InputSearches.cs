using OneStep.Attacks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>The search for one input's radius, with buffers that it uses again for the next input.</summary>
internal interface IInputSearch : IDisposable
{
    /// <summary>The radius that is proved for one input whose sign is certain.</summary>
    /// <param name="input">Its position.</param>
    double Radius(int input);
}

/// <summary>Runs searches of inputs side by side, each thread with buffers of its own.</summary>
internal static class InputSearches
{
    /// <summary>The radius of every input; 0 where its sign is not certain.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="stage">What progress calls it.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <param name="create">Makes a thread's search.</param>
    public static double[] Run(RobustnessInputs inputs, string stage, AttackExecution execution, Func<IInputSearch> create)
    {
        double[] radii = new double[inputs.Count];
        IInputSearch?[] searches = new IInputSearch?[execution.Threads];
        int finished = 0;
        var reporting = new Lock();
        try
        {
            WorkGrid.Run(inputs.Count, execution.Threads, execution.Cancellation, (i, worker) =>
            {
                if (inputs.Signs[i] != 0)
                {
                    radii[i] = (searches[worker] ??= create()).Radius(i);
                }

                lock (reporting)
                {
                    execution.Progress?.Report(new(stage, ++finished, inputs.Count));
                }
            });
        }
        finally
        {
            foreach (IInputSearch? search in searches)
            {
                search?.Dispose();
            }
        }

        return radii;
    }
}
