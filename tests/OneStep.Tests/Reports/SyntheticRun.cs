using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Reports;
using OneStep.Statistics;
using OneStep.Training;

namespace OneStep.Tests.Reports;

/// <summary>
/// Finished experiments made from formulas: rings against strokes, with the sizes that theory predicts and some noise.
/// Reports need nothing more, and tests of reports need no training.
/// </summary>
internal static class SyntheticRun
{
    private const int Width = 10_000;
    private const double C0 = 10;

    public static ReportProvenance Provenance { get; } = new()
    {
        Version = "0.1.0",
        Command = "onestep attack --width 10000 --c0 10 --seed 7 --report report.html",
        InstructionSet = "AVX2, FMA",
        Threads = 2,
        OperatingSystem = "Some Linux 6.1",
        Processor = "Some processor, 2 cores",
    };

    /// <summary>Makes an experiment.</summary>
    /// <param name="count">How many images were attacked.</param>
    /// <param name="statusOf">What became of each; by default every 97th is misclassified and the rest flipped.</param>
    /// <param name="side">The side of the images.</param>
    public static ExperimentRun Create(int count = 600, Func<int, ExampleStatus>? statusOf = null, int side = 28)
    {
        statusOf ??= index => index % 97 == 5 ? ExampleStatus.Misclassified : ExampleStatus.Flipped;
        var random = new Random(11);
        int dimension = side * side;
        var inputs = new Matrix<float>(count, dimension);
        var perturbations = new Matrix<float>(count, dimension);
        int[] labels = [.. Enumerable.Range(0, count).Select(index => index % 2 == 0 ? -1 : 1)];
        var rows = new AttackedExample[count];
        for (int index = 0; index < count; index++)
        {
            DrawShape(inputs.Row(index), side, ring: labels[index] < 0, random);
            rows[index] = Row(index, labels[index], statusOf(index), dimension, random);
            Perturb(perturbations.Row(index), rows[index].PerturbationNorm ?? 0, random);
        }

        return new(Result(rows, side), new LazyModel(Network(dimension)), new(inputs, labels), perturbations);
    }

    /// <summary>The same experiment with other numbers.</summary>
    public static ExperimentRun With(this ExperimentRun run, Func<ExperimentResult, ExperimentResult> change) =>
        run with { Result = change(run.Result) };

    /// <summary>The same experiment as if stronger attacks had run beside the single step.</summary>
    public static ExperimentRun WithStrongAttacks(this ExperimentRun run) => run.With(result => result with
    {
        Strong = new(new(1.0312, 1.4127), ["one-step", "linearised(restarts: 4)"], Summary.Of([0.079, 0.081, 0.09])),
        Seconds = result.Seconds with { Strong = 75.2 },
    });

    private static AttackedExample Row(int index, int label, ExampleStatus status, int dimension, Random random)
    {
        double margin = Math.Abs(1.6 + (0.9 * Gaussian(random))) + 0.02;
        double gradientNorm = Math.Sqrt(dimension / 2.0) * (1 + (0.03 * Gaussian(random)));
        bool flipped = status == ExampleStatus.Flipped;
        return new()
        {
            Index = index,
            Label = label,
            Status = status,
            Score = label * (status == ExampleStatus.Misclassified ? -margin : status == ExampleStatus.NoLabel ? 0 : margin),
            InputNorm = 1,
            GradientNorm = status == ExampleStatus.NoDirection ? 0 : gradientNorm,
            PerturbationNorm = flipped ? 1.02 * margin / gradientNorm : null,
            AdversarialScore = flipped ? -label * 2e-7 : null,
        };
    }

    private static ExperimentResult Result(AttackedExample[] rows, int side)
    {
        AttackedExample[] flipped = [.. rows.Where(row => row.Status == ExampleStatus.Flipped)];
        Summary Of(Func<AttackedExample, double?> quantity) => Summary.Of(flipped.Select(row => quantity(row)!.Value));
        double gradient = Math.Sqrt(side * side / 2.0);
        TrainingPoint[] trace = [.. Enumerable.Range(0, 41).Select(i => TracePoint(10 * i))];
        int wrong = rows.Count(row => row.Status == ExampleStatus.Misclassified);
        return new()
        {
            Parameters = new() { Side = side, Width = Width, C0 = C0, Seed = 7 },
            DatasetFingerprint = "5f1c0e0a5f1c0e0a5f1c0e0a5f1c0e0a5f1c0e0a5f1c0e0a5f1c0e0a5f1c0e0a",
            Training = new(400, 2.02, trace[^1].Deviation, C0, ReachedBall: true, trace[^1].Loss, 0.997, trace),
            Deviation = trace[^1].Deviation,
            CleanAccuracy = rows.Length == 0 ? 0 : 1 - ((double)wrong / rows.Length),
            Examples = new(
                rows.Length, wrong, flipped.Length, Count(ExampleStatus.NotFlipped), Count(ExampleStatus.NoLabel), Count(ExampleStatus.NoDirection)),
            PerturbationNorm = Of(row => row.PerturbationNorm),
            RelativePerturbationNorm = Of(row => row.RelativePerturbationNorm),
            GradientNorm = Of(row => row.GradientNorm),
            StepSize = Of(row => row.StepSize),
            Margin = Of(row => row.Margin),
            Verified = flipped.Length,
            Prediction = new(
                Of(row => 0.96 * row.PerturbationNorm), Of(_ => gradient), Of(row => 0.96 * row.PerturbationNorm / gradient)),
            Strong = null,
            Seconds = new(12.3, 0.42, 0.087, null),
            Rows = rows,
            Rays = [.. flipped.Where(row => row.Index % 40 == 0 || row.Index % 40 == 7).Take(6).Select(Ray)],
        };

        int Count(ExampleStatus status) => rows.Count(row => row.Status == status);
    }

    private static TrainingPoint TracePoint(int step)
    {
        double progress = step / 400.0;
        double ripple = 0.02 * Math.Sin(step);
        double loss = (0.69 * Math.Exp(-4 * progress)) + 0.01 + (0.3 * Math.Abs(ripple));
        double accuracy = Math.Min(1, 1 - (0.5 * Math.Exp(-9 * progress)) + (0.1 * ripple));
        return new(step, 2.02 * progress, loss, accuracy, C0 / Math.Sqrt(Width) * Math.Sqrt(progress));
    }

    private static RayProfile Ray(AttackedExample row)
    {
        double flip = row.PerturbationNorm!.Value;
        double[] lengths = [.. Enumerable.Range(0, 33).Select(i => 1.6 * flip * i / 32)];
        double margin = Math.Abs(row.Score);
        return new(
            row.Index,
            flip,
            lengths,
            [.. lengths.Select(t => margin * (1 - (t / flip)) * (1 - (0.1 * t / flip)))],
            [.. lengths.Select(t => margin * (1 - (t / (0.93 * flip))))]);
    }

    private static TrainedNetwork Network(int dimension)
    {
        var weights = new PackedWeights(2, dimension);
        return new(new TwoLayerNetwork(weights, [1, -1], hasBias: false), weights.Clone(), summary: null);
    }

    private static void DrawShape(Span<float> pixels, int side, bool ring, Random random)
    {
        double scale = side / 28.0;
        double radius = (6.5 + (1.5 * random.NextDouble())) * scale;
        double tilt = 0.5 * (random.NextDouble() - 0.5);
        double norm = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            double x = (i % side) - (side / 2.0) + 0.5;
            double y = (i / side) - (side / 2.0) + 0.5;
            double distance = ring ? Math.Abs(Math.Sqrt((x * x * 1.5) + (y * y)) - radius) : Math.Max(Math.Abs(x - (tilt * y)), Math.Abs(y) - radius);
            pixels[i] = (float)Math.Clamp(2.2 - (distance / scale), 0, 1);
            norm += pixels[i] * pixels[i];
        }

        Scale(pixels, 1 / Math.Sqrt(norm));
    }

    private static void Perturb(Span<float> pixels, double size, Random random)
    {
        double norm = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (float)Gaussian(random);
            norm += pixels[i] * pixels[i];
        }

        Scale(pixels, size / Math.Sqrt(norm));
    }

    private static void Scale(Span<float> pixels, double factor)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (float)(pixels[i] * factor);
        }
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
