using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>What a function says of labelled inputs before any attack, and which of them can be attacked.</summary>
public sealed class Classification
{
    // A score this near zero gets a float64 opinion: single precision cannot be trusted with its sign.
    private const double NearZero = 1e-3;

    private Classification(LabelledInputs examples, double[] scores, Matrix<float> gradients, ExampleStatus[] statuses)
    {
        Examples = examples;
        Scores = scores;
        Gradients = gradients;
        Statuses = statuses;
        Attackable = [.. Enumerable.Range(0, examples.Count).Where(i => statuses[i] == ExampleStatus.NotFlipped)];
    }

    /// <summary>The inputs and their true labels.</summary>
    public LabelledInputs Examples { get; }

    /// <summary>f(x), [n].</summary>
    public double[] Scores { get; }

    /// <summary>∇f(x), [n, d].</summary>
    public Matrix<float> Gradients { get; }

    /// <summary>Per input <see cref="ExampleStatus.NotFlipped"/> where it can be attacked, else why not, [n].</summary>
    public IReadOnlyList<ExampleStatus> Statuses { get; }

    /// <summary>The inputs that can be attacked: classified correctly, with a gradient.</summary>
    public IReadOnlyList<int> Attackable { get; }

    /// <summary>Classifies inputs.</summary>
    /// <param name="function">The function whose sign is the predicted label.</param>
    /// <param name="examples">The inputs and their labels, −1 or +1.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="ArgumentException">A label is neither.</exception>
    public static Classification Of(IScoreFunction function, LabelledInputs examples, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(execution);
        LabelledInputs.RequireTwoClasses(examples);
        using ScoreWorkspace workspace = function.CreateWorkspace(execution.Threads);
        double[] scores = new double[examples.Count];
        var gradients = new Matrix<float>(examples.Count, examples.Inputs.Columns);
        PassProgress? passes = PassProgress.Of(workspace, execution, "classify", examples.Count);
        foreach ((int first, int length) in Chunks.Of(examples.Count, examples.Inputs.Columns))
        {
            passes?.Enter(first, length);
            var chunk = new Matrix<float>(length, gradients.Columns);
            function.ScoresAndGradients(
                examples.Inputs.RowRange(first, length), scores.AsSpan(first, length), chunk, workspace, execution.Cancellation);
            chunk.Data.CopyTo(gradients.Data, first * gradients.Columns);
            passes?.Finish(first + length);
        }

        workspace.Progress = null;
        bool[] overflowed = Array.ConvertAll(scores, score => !double.IsFinite(score));
        bool[] certain = DecideInDouble(function, examples, scores, workspace, execution.Cancellation);
        ExampleStatus[] statuses = new ExampleStatus[examples.Count];
        for (int i = 0; i < statuses.Length; i++)
        {
            statuses[i] = !certain[i] ? ExampleStatus.NoLabel
                : examples.Labels[i] * scores[i] < 0 ? ExampleStatus.Misclassified
                : overflowed[i] || !IsDirection(gradients.Row(i)) ? ExampleStatus.NoDirection
                : ExampleStatus.NotFlipped;
        }

        return new(examples, scores, gradients, statuses);
    }

    /// <summary>What the attackable inputs look like to an attack.</summary>
    public AttackInputs AttackInputs(IScoreFunction function)
    {
        int[] rows = [.. Attackable];
        return new(function, Examples.Inputs.SelectRows(rows), [.. rows.Select(i => Scores[i])], Gradients.SelectRows(rows)) { Positions = rows };
    }

    private static bool IsDirection(ReadOnlySpan<float> gradient) => Vectors.Norm(gradient) is > 0 and < double.PositiveInfinity;

    /// <summary>Replaces scores near zero, and those that single precision cannot hold, by their float64 values, and tells whose
    /// sign is certain.</summary>
    private static bool[] DecideInDouble(
        IScoreFunction function, LabelledInputs examples, double[] scores, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        bool[] certain = new bool[scores.Length];
        Array.Fill(certain, true);
        int[] near = [.. Enumerable.Range(0, scores.Length).Where(i => !(Math.Abs(scores[i]) >= NearZero && double.IsFinite(scores[i])))];
        foreach ((int first, int length) in Chunks.Of(near.Length, examples.Inputs.Columns))
        {
            var inputs = new Matrix<double>(length, examples.Inputs.Columns);
            for (int i = 0; i < length; i++)
            {
                Vectors.Sum(examples.Inputs.Row(near[first + i]), [], inputs.Row(i));
            }

            BoundedScore[] exact = new BoundedScore[length];
            function.ScoresInDouble(inputs, exact, workspace, cancellation);
            for (int i = 0; i < length; i++)
            {
                scores[near[first + i]] = exact[i].Value;
                certain[near[first + i]] = exact[i].CertainSign != 0;
            }
        }

        return certain;
    }
}
