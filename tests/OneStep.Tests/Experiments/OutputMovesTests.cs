using System.Text.Json;
using OneStep.Attacks;
using OneStep.Attacks.Hamming;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Networks.Deep;
using OneStep.Statistics;
using OneStep.Tests.Networks.Deep;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

public sealed class OutputMovesTests
{
    private static readonly ExperimentParameters FourClasses = new()
    {
        Digits = ClassSplit.Parse("0,1,2,3"),
        Side = 7,
        Normalize = false,
        Hidden = HiddenWidths.Parse("30"),
        Untrained = true,
        Training = new() { Ball = BallMode.None },
        Method = new() { Name = "hamming" },
        OutputMoves = true,
        Limit = 8,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_is_counted_is_what_the_naive_network_needs(int outputs)
    {
        const int Count = 6;
        using DeepNetwork network = RegionScenes.Random(seed: 3, hasBias: true, 20, 30, outputs);
        double[][] inputs = [.. Enumerable.Range(0, Count).Select(seed => RegionScenes.UnitInput(20, seed).Select(Math.Abs).ToArray())];
        OutputMoves moves = OutputMoveMeasurement.Measure(network, inputs.ToMatrix(), new());

        Assert.Equal(outputs, moves.Outputs);
        Assert.All([(moves.Free, false), (moves.Bounded, true)], part =>
        {
            List<double> changed = [];
            foreach (double[] x in inputs)
            {
                double[] target = Exchanged(network.PreActivations(x)[^1]);
                float[] stored = Array.ConvertAll(x, value => (float)value);
                OutputMove move = new LinearSystemWalk { Clip = part.Item2, MaximumCoordinates = 20 }.MoveOutputs(network, stored, target, CancellationToken.None);
                double[] end = [.. stored.Zip(move.Perturbation, (value, change) => (double)value + change)];
                if (network.PreActivations(end)[^1].Zip(target).All(pair => Math.Abs(pair.First - pair.Second) < 1e-3) && move.Reached)
                {
                    changed.Add(move.Perturbation.Count(change => change != 0));
                }
            }

            Assert.Equal(Count, part.Item1.Attempted);
            Assert.Equal(changed.Count, part.Item1.Reached);
            Assert.True(changed.Count > 0);
            Assert.Equal(Summary.Of(changed), part.Item1.Coordinates);
            Assert.True(part.Item1.Regions.Min >= 1);
        });
    }

    [Fact]
    public void An_experiment_moves_the_outputs_of_every_image_and_keeps_them_in_its_document()
    {
        ExperimentRun run = Experiment.Run(FourClasses, MnistData.All, new() { Threads = 2 });
        using TrainedModel model = run.Model;
        OutputMoves moves = run.Result.OutputMoves!;
        Assert.Equal(4, moves.Outputs);
        Assert.Equal((8, 8), (moves.Free.Attempted, moves.Bounded.Attempted));
        Assert.InRange(moves.Free.Coordinates.Mean!.Value, 4, 7);
        Assert.True(run.Result.Seconds.OutputMoves > 0);

        using var document = JsonDocument.Parse(ExperimentJson.Format(run.Result));
        Assert.True(document.RootElement.GetProperty("parameters").GetProperty("outputMoves").GetBoolean());
        ExperimentResult read = ExperimentJsonReader.Read(document.RootElement, FourClasses);
        Assert.Equal(moves, read.OutputMoves);
        Assert.Equal(run.Result.Seconds, read.Seconds);
    }

    [Fact]
    public void Without_being_asked_for_outputs_stay_where_they_are()
    {
        ExperimentRun run = Experiment.Run(FourClasses with { OutputMoves = false, Method = new(), Limit = 2 }, MnistData.All, new());
        run.Model.Dispose();
        Assert.Null(run.Result.OutputMoves);
        Assert.DoesNotContain("outputMoves", ExperimentJson.Format(run.Result), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_deep_networks_have_outputs_to_move()
    {
        var exception = Assert.Throws<InvalidParameterException>(() => new ExperimentParameters { OutputMoves = true }.Validate());
        Assert.Contains("output-moves", exception.Message, StringComparison.Ordinal);
        FourClasses.Validate();
    }

    [Fact]
    public void The_single_step_keeps_its_passes_and_old_documents_without_them_are_read()
    {
        ExperimentRun run = Experiment.Run(FourClasses with { OutputMoves = false, Method = new(), Limit = 40 }, MnistData.All, new());
        run.Model.Dispose();
        MethodSummary method = run.Result.Method!;
        Assert.Equal(NormKind.L2, method.Norm);
        Assert.Equal(run.Result.PerturbationNorm, method.Size);
        Assert.True(method is { ForwardPasses: > 0, BackwardPasses: > 0 });

        using var document = JsonDocument.Parse(ExperimentJson.Format(run.Result));
        Assert.Equal(method, ExperimentJsonReader.Read(document.RootElement, run.Result.Parameters).Method);
        using var old = JsonDocument.Parse(ExperimentJson.Format(run.Result with { Method = null }));
        Assert.False(old.RootElement.TryGetProperty("attack", out _));
        Assert.Null(ExperimentJsonReader.Read(old.RootElement, run.Result.Parameters).Method);
    }

    private static double[] Exchanged(double[] outputs)
    {
        if (outputs is [double score])
        {
            return [-score];
        }

        double[] target = [.. outputs];
        int top = Array.IndexOf(outputs, outputs.Max());
        int next = (top + 1) % outputs.Length;
        (target[top], target[next]) = (outputs[next], outputs[top]);
        return target;
    }
}
