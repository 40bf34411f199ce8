using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Statistics;
using OneStep.Training;

namespace OneStep.Tests.Cli;

/// <summary>A finished experiment with made-up, fixed numbers, so that what a person sees can be compared letter by letter.</summary>
internal static class SyntheticExperiment
{
    public const string Fingerprint = "f1e2d3c4";

    /// <summary>Seven images: five flipped, one misclassified, one not flipped.</summary>
    public static ExperimentRun Run(ExperimentParameters? parameters = null, bool isLoaded = false)
    {
        parameters ??= new ExperimentParameters();
        AttackedExample[] rows = [.. Enumerable.Range(0, 7).Select(Row)];
        AttackedExample[] flipped = [.. rows.Where(r => r.Status == ExampleStatus.Flipped)];
        bool isTrained = !parameters.Untrained && !isLoaded;
        bool hasTheory = parameters is { Normalize: true, Bias: false };
        var result = new ExperimentResult
        {
            Parameters = parameters,
            DatasetFingerprint = Fingerprint,
            Training = isTrained ? Training(parameters) : null,
            Deviation = parameters.Untrained ? 0 : parameters.Radius,
            CleanAccuracy = 6.0 / 7,
            Examples = new ExampleCounts(7, 1, 5, 1, 0, 0),
            PerturbationNorm = Summary.Of(flipped.Select(r => r.PerturbationNorm!.Value)),
            RelativePerturbationNorm = Summary.Of(flipped.Select(r => r.RelativePerturbationNorm!.Value)),
            GradientNorm = Summary.Of(flipped.Select(r => r.GradientNorm)),
            StepSize = Summary.Of(flipped.Select(r => r.StepSize!.Value)),
            Margin = Summary.Of(flipped.Select(r => r.Margin)),
            Verified = 5,
            Prediction = hasTheory ? Prediction() : null,
            Strong = parameters.Strong ? Strong() : null,
            Seconds = new StageSeconds(isTrained ? 3.25 : 0, 1.5, 0.75, parameters.Strong ? 12.5 : null),
            Rows = rows,
            Rays = [],
        };
        return new ExperimentRun(result, new LazyModel(Network()), Inputs(parameters.Side), Perturbations(parameters.Side, rows));
    }

    /// <summary>The same seven images under another attack than the single step.</summary>
    public static ExperimentRun RunMethod(string method)
    {
        ExperimentRun run = Run();
        MethodMeasurement measured = Measurement(run, method, place: 0);
        return run with
        {
            Result = run.Result with { Parameters = run.Result.Parameters with { Method = new() { Name = method } }, Prediction = null, Method = new(measured.Norm, measured.Size, measured.ForwardPasses, measured.BackwardPasses), Rows = measured.Rows },
        };
    }

    /// <summary>The same five flips by every attack, each a little larger than the one before and with more passes.</summary>
    public static ComparisonRun Compare(ExperimentParameters parameters, IReadOnlyList<string> methods, IReadOnlyList<AttackViolation> violations)
    {
        ExperimentRun run = Run(parameters);
        var result = new ComparisonResult
        {
            Parameters = parameters,
            DatasetFingerprint = Fingerprint,
            Training = run.Result.Training,
            Deviation = run.Result.Deviation,
            CleanAccuracy = run.Result.CleanAccuracy,
            TrainSeconds = 3.25,
            Attacks = [.. methods.Select((method, i) => Measurement(run, method, i))],
            Violations = violations,
        };
        return new(result, run.Model, run.Attacked, [.. methods.Select(_ => run.Perturbations)]);
    }

    public static TrainedNetwork Network()
    {
        var weights = new PackedWeights(2, 4);
        return new TrainedNetwork(new TwoLayerNetwork(weights, [1, -1], hasBias: false), weights.Clone(), summary: null);
    }

    private static MethodMeasurement Measurement(ExperimentRun run, string method, int place)
    {
        NormKind norm = ExperimentMethods.NormOf(method);
        double factor = 1 + (0.25 * place);
        AttackedExample[] rows =
        [
            .. run.Result.Rows.Select(row => row.PerturbationNorm is double size
                ? row with { PerturbationNorm = factor * size, MaximumChange = factor * size / 8, ChangedCoordinates = 700 }
                : row),
        ];
        return new()
        {
            Method = method,
            Attack = $"{method} (as configured)",
            Norm = norm,
            Size = Summary.Of(rows.Where(row => row.Status == ExampleStatus.Flipped).Select(row => row.SizeIn(norm)!.Value)),
            OverBest = new(factor, factor + 0.5),
            ForwardPasses = 3 + (100 * place),
            BackwardPasses = 1 + (100 * place),
            Seconds = 0.5 + place,
            Examples = run.Result.Examples,
            Verified = 5,
            Rows = rows,
        };
    }

    private static AttackedExample Row(int index)
    {
        var status = index switch { 2 => ExampleStatus.Misclassified, 5 => ExampleStatus.NotFlipped, _ => ExampleStatus.Flipped };
        int label = index % 2 == 0 ? -1 : 1;
        double margin = status == ExampleStatus.Misclassified ? -0.25 : 1.5 + (0.125 * index);
        return new AttackedExample
        {
            Index = index,
            Label = label,
            Status = status,
            Score = label * margin,
            InputNorm = 1,
            GradientNorm = 20 + (0.25 * index),
            PerturbationNorm = status == ExampleStatus.Flipped ? 0.075 + (0.005 * index) : null,
            AdversarialScore = status == ExampleStatus.Flipped ? -label * 2.5e-7 : null,
        };
    }

    private static TrainingSummary Training(ExperimentParameters parameters) => new(
        Steps: 81,
        Epochs: 0.41,
        Deviation: parameters.Radius,
        C0Measured: parameters.C0,
        ReachedBall: true,
        TrainLoss: 0.1875,
        TrainAccuracy: 0.99875,
        Trace: [new(0, 0, 0.75, 0.5, 0), new(81, 0.41, 0.1875, 0.98, parameters.Radius)]);

    private static PredictionSummary Prediction() =>
        new(Summary.Of([0.08, 0.09]), Summary.Of([19.5, 20.5]), Summary.Of([0.004, 0.0044]));

    private static StrongSummary Strong() =>
        new(new RatioSummary(1.0625, 1.3125), ["SequentialLinearization(restarts: 3)", "BoundaryWalk"], Summary.Of([0.07, 0.08]));

    /// <summary>A ring for label −1, a bar for label +1, scaled to unit norm.</summary>
    private static LabelledInputs Inputs(int side)
    {
        var inputs = new Matrix<float>(7, side * side);
        int[] labels = new int[7];
        for (int i = 0; i < 7; i++)
        {
            labels[i] = i % 2 == 0 ? -1 : 1;
            Span<float> row = inputs.Row(i);
            float norm = 0;
            for (int p = 0; p < row.Length; p++)
            {
                double y = ((p / side) + 0.5) / side - 0.5;
                double x = ((p % side) + 0.5) / side - 0.5;
                double distance = labels[i] < 0 ? Math.Abs(Math.Sqrt((x * x) + (y * y)) - 0.25) : Math.Max(Math.Abs(x + (0.2 * y)), Math.Abs(y) - 0.25);
                row[p] = (float)Math.Clamp(1.2 - (10 * distance), 0, 1);
                norm += row[p] * row[p];
            }

            for (int p = 0; p < row.Length; p++)
            {
                row[p] /= MathF.Sqrt(norm);
            }
        }

        return new LabelledInputs(inputs, labels);
    }

    private static Matrix<float> Perturbations(int side, AttackedExample[] rows)
    {
        var perturbations = new Matrix<float>(rows.Length, side * side);
        foreach (AttackedExample row in rows.Where(r => r.PerturbationNorm is not null))
        {
            Span<float> delta = perturbations.Row(row.Index);
            for (int p = 0; p < delta.Length; p++)
            {
                delta[p] = (float)(row.PerturbationNorm!.Value / side * Math.Sqrt(2) * Math.Sin((p * 0.7) + row.Index));
            }
        }

        return perturbations;
    }
}
