using OneStep.Numerics;

namespace OneStep.Networks;

/// <summary>What every score function does before it computes: the shapes are checked and the workspace is known again; passes
/// are counted where all calls take the same.</summary>
internal static class ScoreCall
{
    /// <summary>Begins <see cref="IScoreFunction.ScoresAndGradients"/>.</summary>
    /// <returns>The workspace, as the function made it.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or the workspace belongs to another function.</exception>
    public static TWorkspace Begin<TWorkspace>(IScoreFunction function, Matrix<float> inputs, int scores, Matrix<float>? gradients, ScoreWorkspace workspace)
        where TWorkspace : ScoreWorkspace
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireShape(function, inputs.Columns, inputs.Rows, scores);
        if (gradients is not null && (gradients.Rows != inputs.Rows || gradients.Columns != inputs.Columns))
        {
            throw new ArgumentException("Gradients need the shape of the inputs.", nameof(gradients));
        }

        TWorkspace own = Own<TWorkspace>(function, workspace);
        own.CountPasses(inputs.Rows, gradients is null ? 0 : inputs.Rows);
        return own;
    }

    /// <summary>Begins <see cref="IScoreFunction.ScoresInDouble"/>.</summary>
    /// <returns>The workspace, as the function made it.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or the workspace belongs to another function.</exception>
    public static TWorkspace Begin<TWorkspace>(IScoreFunction function, Matrix<double> inputs, int scores, ScoreWorkspace workspace)
        where TWorkspace : ScoreWorkspace
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireShape(function, inputs.Columns, inputs.Rows, scores);
        TWorkspace own = Own<TWorkspace>(function, workspace);
        own.CountPasses(inputs.Rows, 0);
        return own;
    }

    /// <summary>Begins <see cref="IScoreFunction.FirstSignChanges"/>; what it takes in passes is counted by the function.</summary>
    /// <returns>The workspace, as the function made it.</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, or the workspace belongs to another function.</exception>
    public static TWorkspace Begin<TWorkspace>(IScoreFunction function, RayBatch rays, int crossings, ScoreWorkspace workspace)
        where TWorkspace : ScoreWorkspace
    {
        ArgumentNullException.ThrowIfNull(rays);
        RequireShape(function, rays.Origins.Columns, rays.Count, crossings);
        rays.RequireOneValuePerRay();
        return Own<TWorkspace>(function, workspace);
    }

    private static TWorkspace Own<TWorkspace>(IScoreFunction function, ScoreWorkspace workspace)
        where TWorkspace : ScoreWorkspace
    {
        if (workspace is not TWorkspace own || own.Function != function)
        {
            throw new ArgumentException("The workspace belongs to another score function.", nameof(workspace));
        }

        ObjectDisposedException.ThrowIf(own.IsDisposed, own);
        return own;
    }

    private static void RequireShape(IScoreFunction function, int dimension, int count, int results)
    {
        if (dimension != function.InputDimension)
        {
            throw new ArgumentException($"The function takes inputs of dimension {function.InputDimension}, not {dimension}.", nameof(dimension));
        }

        if (count != results)
        {
            throw new ArgumentException($"There are {count} inputs, but room for {results} results.", nameof(results));
        }
    }
}
