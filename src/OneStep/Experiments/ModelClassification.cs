using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Experiments;

/// <summary>
/// Labelled inputs and what a model says of them, as attacks see it. Of two classes it is one score function; of more each
/// class is attacked with the margin of its own, whose positive sign says the class, so that all its inputs have the label
/// +1 there. Results are put together in the order of the inputs.
/// </summary>
internal sealed class ModelClassification
{
    private readonly bool _isBinary;

    private ModelClassification(LabelledInputs inputs, IReadOnlyList<ClassPart> parts, bool isBinary)
    {
        _isBinary = isBinary;
        Inputs = inputs;
        Parts = parts;
        var statuses = new ExampleStatus[inputs.Count];
        foreach (ClassPart part in parts)
        {
            for (int i = 0; i < part.Rows.Length; i++)
            {
                statuses[part.Rows[i]] = part.Classification.Statuses[i];
            }
        }

        Statuses = statuses;
    }

    /// <summary>The inputs and their labels.</summary>
    public LabelledInputs Inputs { get; }

    /// <summary>The inputs of each score function; one part for two classes, and none empty unless there are no inputs.</summary>
    public IReadOnlyList<ClassPart> Parts { get; }

    /// <summary>Per input <see cref="ExampleStatus.NotFlipped"/> where it can be attacked, else why not, [n].</summary>
    public IReadOnlyList<ExampleStatus> Statuses { get; }

    /// <summary>The label that the model gives an input; null where it gives none, or one of several others.</summary>
    public int? PredictionOf(int row)
    {
        int label = Inputs.Labels[row];
        return Statuses[row] switch
        {
            ExampleStatus.NoLabel => null,
            ExampleStatus.Misclassified => _isBinary ? -label : null,
            _ => label,
        };
    }

    /// <summary>How many inputs can be attacked.</summary>
    public int AttackableCount => Parts.Sum(part => part.Classification.Attackable.Count);

    /// <summary>What one function says of inputs of two classes.</summary>
    public static ModelClassification Of(IScoreFunction function, Classification classification) =>
        new(classification.Examples, [new(function, classification, [.. Enumerable.Range(0, classification.Examples.Count)])], isBinary: true);

    /// <summary>Classifies inputs.</summary>
    public static ModelClassification Of(TrainedModel model, LabelledInputs inputs, AttackExecution execution)
    {
        if (model.ClassCount == 2)
        {
            IScoreFunction function = model.ScoreFor(1);
            return Of(function, Classification.Of(function, inputs, execution));
        }

        List<ClassPart> parts = [];
        int finished = 0;
        foreach (int label in inputs.Labels.Distinct().Order())
        {
            int[] rows = [.. Enumerable.Range(0, inputs.Count).Where(i => inputs.Labels[i] == label)];
            IScoreFunction margin = model.ScoreFor(label);
            parts.Add(new(margin, Classification.Of(margin, inputs.Select(rows, label: 1), PartProgress.Of(execution, finished, inputs.Count)), rows));
            finished += rows.Length;
        }

        return new(inputs, parts, isBinary: false);
    }

    /// <summary>Runs a minimum-norm attack on every input that can be attacked.</summary>
    public AttackResult Run(IMinimumNormAttack attack, AttackExecution execution) =>
        Run(execution, (part, told) => AttackRunner.Run(attack, part.Function, part.Classification, told));

    /// <summary>Runs an attack with a budget on every input that can be attacked.</summary>
    public AttackResult Run(IFixedBudgetAttack attack, double budget, AttackExecution execution) =>
        Run(execution, (part, told) => AttackRunner.Run(attack, budget, part.Function, part.Classification, told));

    private AttackResult Run(AttackExecution execution, Func<ClassPart, AttackExecution, AttackResult> run)
    {
        if (Parts.Count == 1)
        {
            return run(Parts[0], execution);
        }

        var examples = new AttackedExample[Inputs.Count];
        var perturbations = new Matrix<float>(Inputs.Count, Inputs.Inputs.Columns);
        List<AttackResult> results = [];
        int total = AttackableCount;
        int finished = 0;
        foreach (ClassPart part in Parts)
        {
            AttackResult result = run(part, PartProgress.Of(execution, finished, total));
            results.Add(result);
            finished += part.Classification.Attackable.Count;
            for (int i = 0; i < part.Rows.Length; i++)
            {
                examples[part.Rows[i]] = result.Examples[i] with { Index = part.Rows[i] };
                result.Perturbations.Row(i).CopyTo(perturbations.Row(part.Rows[i]));
            }
        }

        return results[0] with
        {
            Examples = examples,
            Perturbations = perturbations,
            Passes = results.Select(result => result.Passes).Aggregate((all, one) => all + one),
            AttackSeconds = results.Sum(result => result.AttackSeconds),
            VerifySeconds = results.Sum(result => result.VerifySeconds),
        };
    }

    /// <summary>Tells the inputs of one class as those of all.</summary>
    private sealed class PartProgress(IProgress<AttackProgress> listener, int finished, int total) : IProgress<AttackProgress>
    {
        public static AttackExecution Of(AttackExecution execution, int finished, int total) =>
            execution.Progress is { } listener ? execution with { Progress = new PartProgress(listener, finished, total) } : execution;

        public void Report(AttackProgress value) => listener.Report(value with { Finished = finished + value.Finished, Total = total });
    }
}

/// <summary>The inputs that one score function classifies.</summary>
/// <param name="Function">The function under attack.</param>
/// <param name="Classification">What it says of them.</param>
/// <param name="Rows">Where they stand among all inputs.</param>
internal sealed record ClassPart(IScoreFunction Function, Classification Classification, int[] Rows);
