#!/usr/bin/env dotnet
#:project ../../src/OneStep/OneStep.csproj
#:property PublishAot=false
#:property AllowUnsafeBlocks=false

// Our side of the comparison with PyTorch: times one job after an unmeasured repetition and prints one line of JSON like
// torch_peer.py's: {"job", "threads", "seconds": [...], "norms": [...]}.
//   dotnet run -c Release benchmarks/peers/onestep-peer.cs JOB FILE THREADS REPEATS [--c0 C0] [--dense]
//   JOB: flips | sgd | adversarial

using System.Diagnostics;
using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Formats;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;
using OneStep.Peers;
using OneStep.Training;

(string job, string file, int threads, int repeats) = (args[0], args[1], int.Parse(args[2]), int.Parse(args[3]));
int c0At = Array.IndexOf(args, "--c0");
double c0 = c0At < 0 ? 10 : double.Parse(args[c0At + 1]);
using TrainedNetwork loaded = ExperimentFile.Load(file).Network;
LabelledInputs images = ReadImages(file);
if (args.Contains("--dense"))
{
    images = images with { Inputs = DenseLike(images.Inputs) };
}

(double[] seconds, double[] norms) = job switch
{
    "flips" => TimeFlips(loaded.Network, images, threads, repeats),
    "sgd" or "adversarial" => (TimeSteps(loaded.Network, images, c0 / Math.Sqrt(loaded.Network.Width), threads, repeats, job == "adversarial"), []),
    _ => throw new NotSupportedException($"There is no job {job}."),
};
Console.WriteLine(new JsonObject
{
    ["job"] = job,
    ["threads"] = threads,
    ["seconds"] = new JsonArray([.. seconds.Select(s => JsonValue.Create(s))]),
    ["norms"] = new JsonArray([.. norms.Select(n => JsonValue.Create(n))]),
}.ToJsonString());

// Scores, gradients and the exact search, as the verb `attack` runs them, without the float64 verification: the other
// side has none. Every image is attacked, whether classified correctly or not: its label is the network's own.
static (double[] Seconds, double[] Norms) TimeFlips(TwoLayerNetwork network, LabelledInputs images, int threads, int repeats)
{
    var execution = new AttackExecution { Threads = threads };
    var attack = new OneStepAttack();
    double[] scores = new double[images.Count];
    using (ScoreWorkspace workspace = network.CreateWorkspace(threads))
    {
        network.ScoresAndGradients(images.Inputs, scores, gradients: null, workspace, CancellationToken.None);
    }

    var labelled = new LabelledInputs(images.Inputs, [.. scores.Select(score => score < 0 ? -1 : 1)]);
    Search(labelled.Take(64));
    double[] seconds = new double[repeats];
    double[] norms = [];
    for (int i = 0; i < repeats; i++)
    {
        long start = Stopwatch.GetTimestamp();
        norms = Search(labelled);
        seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    return (seconds, norms);

    double[] Search(LabelledInputs inputs)
    {
        Classification classification = Classification.Of(network, inputs, execution);
        PerturbationCandidates found = attack.Search(classification.AttackInputs(network), execution);

        // An image without a label or a direction has no norm; it stays as a zero, so that rows keep their places.
        double[] lengths = new double[inputs.Count];
        foreach ((int row, RayCrossing crossing) in classification.Attackable.Zip(found.Crossings))
        {
            lengths[row] = crossing.Exists ? crossing.Length : 0;
        }

        return lengths;
    }
}

// Seconds of each step, from the initial weights on, two of them unmeasured. The trainer scores the next minibatch in the
// same pass, so a step is what lies between two reports.
static double[] TimeSteps(TwoLayerNetwork network, LabelledInputs images, double radius, int threads, int steps, bool adversarial)
{
    const int Batch = 64;
    int batches = images.Count / Batch;
    var reports = new Stamps(steps + 2);
    var options = new TrainingOptions
    {
        Batch = Batch,
        Ball = BallMode.Project,
        Epochs = ((steps + 2) / batches) + 1,
        EvaluationInterval = int.MaxValue,
    };
    try
    {
        LabelledInputs whole = images.Take(batches * Batch);
        var execution = new TrainingExecution { Threads = threads, Progress = reports, Cancellation = reports.Enough.Token };
        TrainedNetwork trained = adversarial
            ? new AdversarialTrainer(options, new() { Budget = 0.3, Steps = 10 }, seed: 1).Train(network, radius, whole, execution)
            : new LazyTrainer(options, seed: 1).Train(network, radius, whole, execution);
        trained.Dispose();
    }
    catch (OperationCanceledException)
    {
        // As many steps as were asked for.
    }

    return [.. reports.Seconds.Skip(1)];
}

static LabelledInputs ReadImages(string file)
{
    using SafetensorsReader reader = SafetensorsReader.Open(file);
    IReadOnlyList<long> shape = reader.Find("x")!.Shape;
    return new(
        new((int)shape[0], (int)shape[1], reader.ReadAll<float>("x")), [.. reader.ReadAll<float>("y").Select(label => (int)label)]);
}

static Matrix<float> DenseLike(Matrix<float> images)
{
    var random = new RandomStream(1, RandomPurpose.RandomInputs);
    var inputs = new Matrix<float>(images.Rows, images.Columns);
    for (int i = 0; i < inputs.Rows; i++)
    {
        random.Gaussians(i, inputs.Row(i));
        Vectors.SetUnit(inputs.Row(i), 1, inputs.Row(i));
    }

    return inputs;
}

namespace OneStep.Peers
{
    /// <summary>Takes the time between reports, and ends the run after the last that is wanted.</summary>
    internal sealed class Stamps(int count) : IProgress<TrainingProgress>
    {
        private readonly List<long> _stamps = [];

        public CancellationTokenSource Enough { get; } = new();

        public IEnumerable<double> Seconds => _stamps.Zip(_stamps.Skip(1), (from, to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds);

        public void Report(TrainingProgress value)
        {
            _stamps.Add(Stopwatch.GetTimestamp());
            if (_stamps.Count == count)
            {
                Enough.Cancel();
            }
        }
    }
}
