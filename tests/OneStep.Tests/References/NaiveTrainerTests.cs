using OneStep.Training;

namespace OneStep.Tests.References;

public class NaiveTrainerTests
{
    // Pairs of equal rows and opposite signs: the score starts at zero. m = 4 makes m^{-1/2} = 1/2.
    private static NaiveNetwork Antisymmetric => new([[1, 0], [1, 0], [0, 1], [0, 1]], [1, -1, 1, -1]);

    private static readonly double[][] Inputs = [[1, 0], [0, 1]];

    private static readonly int[] Labels = [1, -1];

    [Fact]
    public void One_step_moves_active_rows_along_the_mean_of_the_inputs()
    {
        // f = 0, so every example pulls with 1/2; mean over two examples, m^{-1/2} = 1/2, rate 8: 8 · 1/2 · 1/2 · 1/2 = 1.
        NaiveTrainingRun run = new NaiveTrainer(radius: 100, BallMode.Project, learningRate: 8, batch: 2).Train(Antisymmetric, Inputs, Labels, [[0, 1]]);
        Assert.Equal([[2, 0], [0, 0], [0, 0], [0, 2]], run.Network.Weights);
        Assert.Equal(1, run.Steps);
        Assert.Equal(Math.Log(2), run.BatchLosses[0], 15);
        Assert.False(run.ReachedBall);
    }

    [Fact]
    public void The_last_short_minibatch_is_kept_and_averaged_over_its_own_size()
    {
        NaiveTrainingRun run = new NaiveTrainer(radius: 100, BallMode.Project, learningRate: 4, batch: 2)
            .Train(Antisymmetric, [[1, 0], [1, 0], [0, 1]], [1, 1, -1], [[0, 1, 2]]);

        // Both steps move their rows by 4 · 1/2 · 1/2 = 1: the second is a mean over one example.
        Assert.Equal([[2, 0], [0, 0], [0, 0], [0, 2]], run.Network.Weights);
        Assert.Equal(2, run.Steps);
    }

    [Fact]
    public void Stop_shortens_the_step_that_would_leave_the_ball_and_ends()
    {
        NaiveNetwork initial = Antisymmetric;
        NaiveTrainingRun run = new NaiveTrainer(radius: 0.25, BallMode.Stop, learningRate: 8, batch: 2).Train(initial, Inputs, Labels, [[0, 1], [0, 1]]);
        Assert.Equal([[1.25, 0], [0.75, 0], [0, 0.75], [0, 1.25]], run.Network.Weights);
        Assert.True(run.ReachedBall);
        Assert.Equal(1, run.Steps);
        Assert.Equal(0.25, NaiveTrainer.Deviation(run.Network, initial), 15);
    }

    [Fact]
    public void Stop_from_inside_the_ball_ends_exactly_on_its_boundary()
    {
        NaiveNetwork initial = NaiveNetwork.Random(20, 4, seed: 8);
        var random = new RandomInputs(9);
        double[][] inputs = [.. Enumerable.Range(0, 12).Select(_ => random.Unit(4))];
        int[] labels = [.. inputs.Select(x => x[0] > 0 ? 1 : -1)];
        int[][] order = [.. Enumerable.Range(0, 50).Select(_ => random.Permutation(12))];
        NaiveTrainingRun run = new NaiveTrainer(radius: 0.5, BallMode.Stop, learningRate: 1, batch: 5).Train(initial, inputs, labels, order);
        Assert.True(run.ReachedBall);
        Assert.InRange(run.Steps, 3, 149);
        Assert.Equal(0.5, NaiveTrainer.Deviation(run.Network, initial), 12);
    }

    [Fact]
    public void Project_pulls_rows_back_after_every_step_and_goes_on()
    {
        NaiveNetwork initial = Antisymmetric;
        NaiveTrainingRun run = new NaiveTrainer(radius: 0.25, BallMode.Project, learningRate: 8, batch: 1).Train(initial, Inputs, Labels, [[0, 1]]);
        Assert.Equal([[1.25, 0], [0.75, 0], [0, 0.75], [0, 1.25]], run.Network.Weights);
        Assert.True(run.ReachedBall);
        Assert.Equal(2, run.Steps);
    }

    [Fact]
    public void Epoch_projects_only_once_the_epoch_is_over()
    {
        // Two steps of about 1/4 on the same example: the second sees the unprojected score of the first.
        NaiveNetwork initial = Antisymmetric;
        double[][] inputs = [[1, 0], [1, 0]];
        NaiveTrainingRun epoch = new NaiveTrainer(radius: 0.125, BallMode.Epoch, learningRate: 1, batch: 1).Train(initial, inputs, [1, 1], [[0, 1]]);
        NaiveTrainingRun project = new NaiveTrainer(radius: 0.125, BallMode.Project, learningRate: 1, batch: 1).Train(initial, inputs, [1, 1], [[0, 1]]);

        // Score after the first step: 1/2 (5/4 − 3/4) unprojected, 1/2 (9/8 − 7/8) projected.
        Assert.Equal(Math.Log(1 + Math.Exp(-0.25)), epoch.BatchLosses[1], 14);
        Assert.Equal(Math.Log(1 + Math.Exp(-0.125)), project.BatchLosses[1], 14);
        Assert.Equal(0.125, NaiveTrainer.Deviation(epoch.Network, initial), 15);
        Assert.True(epoch.ReachedBall);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_step_is_the_negative_gradient_of_the_mean_loss(bool hasBias)
    {
        NaiveNetwork initial = NaiveNetwork.Random(6, 3, seed: 21, hasBias);
        var random = new RandomInputs(22);
        double[][] inputs = [random.Unit(3), random.Unit(3), random.Unit(3)];
        int[] labels = [1, -1, 1];
        NaiveTrainingRun run = new NaiveTrainer(radius: 100, BallMode.Project, learningRate: 1, batch: 3).Train(initial, inputs, labels, [[0, 1, 2]]);
        for (int s = 0; s < initial.Width; s++)
        {
            int row = s;
            double[] gradient = FiniteDifferences.Gradient(w => MeanLossWithRow(initial, row, w, inputs, labels), initial.Weights[s]);
            double[] step = [.. run.Network.Weights[s].Zip(initial.Weights[s], (after, before) => after - before)];
            Assert.All(gradient.Zip(step), pair => Assert.Equal(-pair.First, pair.Second, 7));
        }
    }

    [Fact]
    public void Training_leaves_the_initial_network_alone()
    {
        NaiveNetwork initial = Antisymmetric;
        _ = new NaiveTrainer(radius: 1, BallMode.Epoch, learningRate: 1, batch: 1).Train(initial, Inputs, Labels, [[1, 0]]);
        Assert.Equal(Antisymmetric.Weights, initial.Weights);
    }

    private static double MeanLossWithRow(NaiveNetwork network, int row, double[] weights, double[][] inputs, int[] labels)
    {
        NaiveNetwork changed = network.Clone();
        changed.Weights[row] = weights;
        return inputs.Zip(labels, changed.Loss).Average();
    }
}
