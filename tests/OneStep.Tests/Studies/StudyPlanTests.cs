using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Studies;
using OneStep.Training;

namespace OneStep.Tests.Studies;

public class StudyPlanTests
{
    [Fact]
    public void Cells_are_all_combinations_the_first_axis_outermost_and_the_seed_innermost()
    {
        StudyPlan plan = StudyScenes.Plan();

        Assert.Equal(["side", "c0", "seed"], plan.Columns);
        Assert.Equal(
            ["4,1,0", "4,1,3", "4,2,0", "4,2,3", "6,1,0", "6,1,3", "6,2,0", "6,2,3"],
            plan.Cells.Select(cell => string.Join(',', cell.Values)));
        Assert.Equal("side=6 c0=1 seed=3", plan.Cells[5].Label);
        Assert.Equal(Enumerable.Range(0, 8), plan.Cells.Select(cell => cell.Index));
        Assert.Equal(
            new ExperimentParameters { Width = 16, Side = 6, C0 = 1, Seed = 3, Training = new() { Epochs = 1 } },
            plan.Cells[5].Parameters);
    }

    [Fact]
    public void The_same_study_on_other_data_is_planned_as_if_from_the_beginning()
    {
        var other = StudyPlan.Of(StudyScenes.Definition(), "other");
        StudyPlan plan = StudyScenes.Plan().On("other");

        Assert.Equal(("other", string.Join(',', other.Columns)), (plan.DatasetFingerprint, string.Join(',', plan.Columns)));
        Assert.Equal(other.Cells.Select(c => (c.Index, c.Key, c.Label)), plan.Cells.Select(c => (c.Index, c.Key, c.Label)));
        Assert.Empty(plan.Cells.Select(c => c.Key).Intersect(StudyScenes.Plan().Cells.Select(c => c.Key)));
    }

    [Fact]
    public void Every_parameter_of_an_experiment_can_be_set()
    {
        StudyPlan plan = StudyScenes.Plan(
            """
            title: T
            parameters: {digits: "3,5", side: 9, antialias: true, normalize: false, width: 10, c0: 3e-1, initialization: antisymmetric, bias: true,
                         untrained: true, learning-rate: 0.5, batch: 8, ball: epoch, epochs: 4, evaluation-interval: 7, strong: true, limit: 6}
            """);

        var expected = new ExperimentParameters
        {
            Digits = new([3], [5]),
            Side = 9,
            Antialias = true,
            Normalize = false,
            Width = 10,
            C0 = 0.3,
            Initialization = InitializationKind.Antisymmetric,
            Bias = true,
            Untrained = true,
            Training = new() { LearningRate = 0.5, Batch = 8, Ball = BallMode.Epoch, Epochs = 4, EvaluationInterval = 7 },
            Strong = true,
            Limit = 6,
        };
        Assert.Equal(expected, Assert.Single(plan.Cells).Parameters);
    }

    [Fact]
    public void The_number_of_epochs_follows_the_ball_unless_it_is_given() =>
        Assert.Equal([20, 10, 10], StudyScenes.Plan("title: T\naxes: {ball: [stop, project, epoch]}").Cells.Select(c => c.Parameters.Training.Epochs));

    [Fact]
    public void The_deviation_stands_for_c0_times_the_root_of_the_width()
    {
        StudyPlan plan = StudyScenes.Plan("title: T\naxes: {width: [100, 400], deviation: [0.5, 1.0]}");

        Assert.Equal(["width", "deviation", "seed", "c0"], plan.Columns);
        Assert.Equal(["100,0.5,0,5", "100,1,0,10", "400,0.5,0,10", "400,1,0,20"], plan.Cells.Select(c => string.Join(',', c.Values)));
        Assert.All(plan.Cells, cell => Assert.Equal(double.Parse(cell.Values[1]), cell.Parameters.Radius));
    }

    [Fact]
    public void A_value_may_follow_another_parameter()
    {
        StudyPlan plan = StudyScenes.Plan("title: T\nparameters: {batch: $side}\naxes: {side: [5, 7]}");

        Assert.Equal([5, 7], plan.Cells.Select(c => c.Parameters.Training.Batch));
        Assert.Equal(["side", "seed", "batch"], plan.Columns);
    }

    [Theory]
    [InlineData("axes:\n  width: [5, 0]", "small.yaml:3: axis 'width' has the value 0; it must be an integer from 1 to 10000000.")]
    [InlineData("parameters:\n  width: 0", "small.yaml:3: parameter 'width' has the value 0; it must be an integer from 1 to 10000000.")]
    [InlineData("parameters:\n  width: many", "small.yaml:3: parameter 'width' has the value many; it must be an integer up to 2147483647.")]
    [InlineData("parameters:\n  c0: nan", "small.yaml:3: parameter 'c0' has the value nan; it must be a finite number above 0.")]
    [InlineData("parameters:\n  c0: some", "small.yaml:3: parameter 'c0' has the value some; it must be a number.")]
    [InlineData("parameters:\n  bias: maybe", "small.yaml:3: parameter 'bias' has the value maybe; it must be true or false.")]
    [InlineData("parameters:\n  digits: 3,3", "small.yaml:3: parameter 'digits' has the value 3,3; it must be two or more different digits")]
    [InlineData("axes:\n  ball: [stop, go]", "small.yaml:3: axis 'ball' has the value go; it must be stop or project or epoch or none.")]
    [InlineData("axes:\n  deviation: [0]", "small.yaml:3: axis 'deviation' has the value 0; it must be a finite number above 0.")]
    [InlineData("parameters: {initialization: antisymmetric}\naxes:\n  width: [4, 5]", "small.yaml:4: axis 'width' has the value 5; it must be even")]
    [InlineData("parameters: {batch: $nothing}", "small.yaml:2: parameter 'batch' has the value $nothing; it must be a value, or $ and the name")]
    [InlineData("parameters: {batch: $batch}", "small.yaml:2: parameter 'batch' has the value $batch; it must be a value, or $ and the name")]
    [InlineData("parameters: {batch: $side, side: $limit}", "'batch' has the value $side; it must be a value, or $ and the name")]
    [InlineData("axes: {side: [5, 5.0]}", "small.yaml:2: axis 'side' has the values 5 and 5.0, which make the same experiment.")]
    [InlineData("axes: {side: [1, 2], batch: [1, 2, 3, 4, 5, 6, 7]}\nseeds: 10000", "small.yaml: the study has 140000 cells; it must have at most 100000.")]
    public void An_impossible_cell_is_said_in_one_sentence(string rest, string sentence)
    {
        StudyFormatException exception = Assert.Throws<StudyFormatException>(() => StudyScenes.Plan("title: T\n" + rest));
        Sentences.AssertOneSentence(exception.Message);
        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_values_that_lead_to_the_same_experiment_are_refused() => Assert.Equal(
        "small.yaml:3: axis 'batch' has the values 5 and $side, which make the same experiment.",
        Assert.Throws<StudyFormatException>(() => StudyScenes.Plan("title: T\nparameters: {side: 5}\naxes: {batch: [5, $side]}")).Message);
}
