using OneStep.Data;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Tests.Cli;

public class AttackParsingTests
{
    [Fact]
    public void Without_options_the_parameters_are_the_defaults() =>
        Assert.Equal(new ExperimentParameters(), CliRun.Attack().Backend.Asked);

    [Fact]
    public void The_single_step_is_an_inner_attack() =>
        Assert.Equal(
            InnerAttack.OneStep, CliRun.Attack("--adversarial-budget", "0.3", "--inner-attack", "one-step", "--clip").Backend.Asked!.Adversarial.InnerAttack);

    [Fact]
    public void Every_option_reaches_its_parameter()
    {
        CliRun run = CliRun.Attack(
            "--digits", "0+2,1+3", "--side", "14", "--antialias", "--normalize", "false", "--width", "2000", "--c0", "2.5", "--seed", "18446744073709551615",
            "--initialization", "antisymmetric", "--bias", "--learning-rate", "1e-2", "--batch", "32", "--ball", "project", "--epochs", "3", "--strong", "--limit", "9",
            "--train-limit", "80", "--adversarial-budget", "0.3", "--inner-attack", "pgd", "--inner-steps", "4", "--inner-step-size", "0.5", "--inner-random-start",
            "--clip", "--rescale", "--adversarial-refresh", "epoch", "--patience", "6", "--robust-budgets", "0.4,0.1,0.4", "--robust-steps", "5", "--robust-clip");

        Assert.Equal(
            new ExperimentParameters
            {
                Digits = new ClassSplit([0, 2], [1, 3]),
                Side = 14,
                Antialias = true,
                Normalize = false,
                Width = 2000,
                C0 = 2.5,
                Seed = ulong.MaxValue,
                Initialization = InitializationKind.Antisymmetric,
                Bias = true,
                Training = new TrainingOptions { LearningRate = 0.01, Batch = 32, Ball = BallMode.Project, Epochs = 3 },
                Strong = true,
                Limit = 9,
                TrainLimit = 80,
                Adversarial = new()
                {
                    Budget = 0.3, InnerAttack = InnerAttack.Pgd, Steps = 4, StepSize = 0.5, RandomStart = true, Clip = true, Rescale = true, Refresh = AdversarialRefresh.Epoch, Patience = 6,
                },
                RobustBudgets = new([0.1, 0.4]),
                RobustSteps = 5,
                RobustClip = true,
            },
            run.Backend.Asked);
    }

    [Theory]
    [InlineData("stop", 20)]
    [InlineData("project", 10)]
    [InlineData("epoch", 10)]
    [InlineData("none", 10)]
    public void Default_epochs_depend_on_the_ball(string ball, int epochs) =>
        Assert.Equal(epochs, CliRun.Attack("--ball", ball).Backend.Asked!.Training.Epochs);

    [Fact]
    public void Adversarial_training_projects_unless_told_otherwise_and_is_measured_at_its_budget()
    {
        ExperimentParameters asked = CliRun.Attack("--adversarial-budget", "0.3", "--robust-budgets", "0.1").Backend.Asked!;
        Assert.Equal((BallMode.Project, 10), (asked.Training.Ball, asked.Training.Epochs));
        Assert.Equal([0.1, 0.3], asked.EvaluatedBudgets);
        Assert.Equal(BallMode.Stop, CliRun.Attack("--adversarial-budget", "0.3", "--ball", "stop").Backend.Asked!.Training.Ball);
        Assert.Equal(BallMode.Stop, CliRun.Attack("--adversarial-budget", "0").Backend.Asked!.Training.Ball);
    }

    [Fact]
    public void The_published_protocol_is_a_bundle_of_values_each_of_which_can_be_changed()
    {
        var published = ExperimentProtocols.ParametersOf(ExperimentProtocol.Published);
        Assert.Equal(published, CliRun.Attack("--protocol", "published").Backend.Asked);
        Assert.Equal(new ExperimentParameters(), CliRun.Attack("--protocol", "text").Backend.Asked);
        Assert.Equal(
            published with { Bias = false, C0 = 3, Training = published.Training with { Ball = BallMode.Project }, Adversarial = published.Adversarial with { Steps = 5, Clip = false } },
            CliRun.Attack("--protocol", "published", "--bias", "false", "--c0", "3", "--ball", "project", "--inner-steps", "5", "--clip", "false").Backend.Asked);
    }

    [Fact]
    public void Options_of_the_attack_and_of_deep_networks_reach_their_parameters()
    {
        ExperimentParameters asked = CliRun.Attack("--method", "fgsm", "--budget", "0.25", "--hidden", "512,256", "--digits", "0,1,2+3", "--bias").Backend.Asked!;
        Assert.Equal(
            new ExperimentParameters
            {
                Digits = new([[0], [1], [2, 3]]),
                Hidden = new([512, 256]),
                Bias = true,
                Training = new() { LearningRate = 0.1, Ball = BallMode.None, Epochs = 10 },
                Method = new() { Name = "fgsm", Budget = 0.25 },
            },
            asked);
        Assert.Equal(0.5, CliRun.Attack("--hidden", "5", "--learning-rate", "0.5").Backend.Asked!.Training.LearningRate);
        Assert.Equal(7, CliRun.Attack("--method", "boundary-walk", "--attack-steps", "7").Backend.Asked!.Method.Steps);
    }

    [Fact]
    public void Threads_and_data_folder_reach_the_work()
    {
        CliRun run = CliRun.Attack("--threads", "3", "--data", Path.GetTempPath());

        Assert.Equal(3, run.Backend.Execution!.Threads);
        Assert.Equal(Path.GetTempPath(), run.Backend.ReadFolder);
    }

    [Fact]
    public void A_flag_may_be_switched_off_by_name() => Assert.False(CliRun.Attack("--strong", "false").Backend.Asked!.Strong);

    [Theory]
    [InlineData("--side 0", "--side is 0, but must be an integer from 1 to 100.")]
    [InlineData("--side 101", "--side is 101, but must be an integer from 1 to 100.")]
    [InlineData("--side 2.5", "--side is '2.5', but must be an integer from 1 to 100.")]
    [InlineData("--c0 -1", "--c0 is -1, but must be a finite number above 0.")]
    [InlineData("--c0 abc", "--c0 is 'abc', but must be a finite number above 0.")]
    [InlineData("--c0 nan", "--c0 is NaN, but must be a finite number above 0.")]
    [InlineData("--c0=1e400", "--c0 is Infinity, but must be a finite number above 0.")]
    [InlineData("--c0", "--c0 needs a value, a finite number above 0.")]
    [InlineData("--c0 1 --c0 2", "--c0 is given 2 times, but must be given once.")]
    [InlineData("--width 0", "--width is 0, but must be an integer from 1 to 10000000.")]
    [InlineData("--width x", "--width is 'x', but must be an integer from 1 to 10000000.")]
    [InlineData("--width 99999999999", "--width is '99999999999', but must be an integer from 1 to 10000000.")]
    [InlineData("--width 3 --initialization antisymmetric", "--width is 3, but must be even for antisymmetric initialization.")]
    [InlineData("--initialization x", "--initialization is 'x', but must be one of standard, antisymmetric.")]
    [InlineData("--digits 3,3", "--digits is '3,3', but must be two or more different digits or disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3 or 0,1,2.")]
    [InlineData("--digits 0,12", "--digits is '0,12', but must be two or more different digits or disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3 or 0,1,2.")]
    [InlineData("--digits 0,1,2", "--digits 0,1,2 needs --hidden, because the two-layer network tells two classes apart.")]
    [InlineData("--hidden 5,x", "--hidden is '5,x', but must be 1 to 20 integers from 1 to 100000, like 512,256.")]
    [InlineData("--hidden 5 --c0 3", "--hidden excludes --c0, because a deep network has hidden layers of its own and no lazy ball.")]
    [InlineData("--hidden 5 --width 10000", "--hidden excludes --width, because a deep network has hidden layers of its own and no lazy ball.")]
    [InlineData("--hidden 5 --ball none", "--hidden excludes --ball, because a deep network has hidden layers of its own and no lazy ball.")]
    [InlineData("--hidden 5 --adversarial-budget 0.1", "--hidden excludes --adversarial-budget, because deep networks are trained plainly.")]
    [InlineData("--hidden 5 --protocol published", "--hidden excludes --protocol published, because deep networks are trained plainly.")]
    [InlineData("--hidden 5,x5 --digits 0,1,2", "--hidden is '5,x5', but must be 1 to 20 integers from 1 to 100000, like 512,256.")]
    [InlineData("--hidden 100001", "--hidden is '100001', but must be 1 to 20 integers from 1 to 100000, like 512,256.")]
    [InlineData("--digits 0,1,2,10 --hidden 5", "--digits is '0,1,2,10', but must be two or more different digits or disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3 or 0,1,2.")]
    [InlineData("--method magic", "--method is 'magic', but must be one of one-step, fgsm, pgd, deepfool, ddn, fmn, gradient-flow, boundary-walk, exact-gradient-flow, hamming.")]
    [InlineData("--method pgd --budget -1", "--budget is -1, but must be a number from 0 to 1000000.")]
    [InlineData("--method pgd --budget nan", "--budget is NaN, but must be a number from 0 to 1000000.")]
    [InlineData("--method pgd --norm l0", "--norm is 'l0', but must be one of l2, linf.")]
    [InlineData("--method fgsm --norm linf", "--norm is linf, but must be left out with method fgsm, which has a norm of its own.")]
    [InlineData("--method pgd --attack-steps 0", "--attack-steps is 0, but must be an integer from 1 to 1000000.")]
    [InlineData("--method fgsm --attack-steps 5", "--attack-steps is 5, but must be left out with method fgsm, which takes no such steps.")]
    [InlineData("--budget 0.1", "--budget is 0.1, but must be left out with method one-step, which looks for the smallest flip.")]
    [InlineData("--method fgsm --strong", "--strong excludes --method fgsm, because it looks how far from the best one step is; onestep compare sets other attacks side by side.")]
    [InlineData("--data /nowhere", "--data is '/nowhere', but must be an existing folder with IDX files.")]
    [InlineData("--load /nowhere", "--load is '/nowhere', but must be an existing file.")]
    [InlineData("--threads 0", "--threads is 0, but must be an integer from 1 to 1024.")]
    [InlineData("--threads x", "--threads is 'x', but must be an integer from 1 to 1024.")]
    [InlineData("--epochs 0", "--epochs is 0, but must be an integer from 1 to 1000000.")]
    [InlineData("--epochs x", "--epochs is 'x', but must be an integer from 1 to 1000000.")]
    [InlineData("--batch 0", "--batch is 0, but must be an integer from 1 to 1000000.")]
    [InlineData("--batch x", "--batch is 'x', but must be an integer from 1 to 1000000.")]
    [InlineData("--learning-rate 0", "--learning-rate is 0, but must be a finite number above 0.")]
    [InlineData("--learning-rate x", "--learning-rate is 'x', but must be a finite number above 0.")]
    [InlineData("--limit 0", "--limit is 0, but must be an integer from 1 on.")]
    [InlineData("--limit x", "--limit is 'x', but must be an integer from 1 on.")]
    [InlineData("--seed -1", "--seed is '-1', but must be an integer from 0 to 18446744073709551615.")]
    [InlineData("--ball x", "--ball is 'x', but must be one of stop, project, epoch, none.")]
    [InlineData("--adversarial-budget -1", "--adversarial-budget is -1, but must be a number from 0 to 1000000.")]
    [InlineData("--adversarial-budget x", "--adversarial-budget is 'x', but must be a number from 0 to 1000000.")]
    [InlineData("--adversarial-budget 1 --inner-attack x", "--inner-attack is 'x', but must be one of pgd, one-step.")]
    [InlineData("--adversarial-budget 1 --inner-steps 0", "--inner-steps is 0, but must be an integer from 1 to 1000000.")]
    [InlineData("--adversarial-budget 1 --inner-step-size 0", "--inner-step-size is 0, but must be a number above 0, at most 1000000.")]
    [InlineData("--adversarial-budget 1 --inner-step-size x", "--inner-step-size is 'x', but must be a number above 0, at most 1000000.")]
    [InlineData("--adversarial-budget 1 --adversarial-refresh x", "--adversarial-refresh is 'x', but must be one of minibatch, epoch.")]
    [InlineData("--adversarial-budget 1e39", "--adversarial-budget is 1E+39, but must be a number from 0 to 1000000.")]
    [InlineData("--adversarial-budget 1 --inner-step-size 1e7", "--inner-step-size is 10000000, but must be a number above 0, at most 1000000.")]
    [InlineData("--robust-budgets 0.1,1e39", "--robust-budgets is '0.1,1e39', but must be numbers from 0 to 1000000, at most 1000 of them, like 0.1,0.2.")]
    [InlineData("--adversarial-budget 1 --inner-attack one-step --inner-steps 5", "--inner-steps needs --inner-attack pgd, because the exact single step has nothing to choose.")]
    [InlineData("--adversarial-budget 1 --inner-attack one-step --inner-random-start", "--inner-random-start needs --inner-attack pgd, because the exact single step has nothing to choose.")]
    [InlineData("--protocol published --inner-attack one-step --inner-step-size 1", "--inner-step-size needs --inner-attack pgd, because the exact single step has nothing to choose.")]
    [InlineData("--protocol published --adversarial-budget 0", "--protocol published needs --adversarial-budget above 0, because it is a protocol of adversarial training.")]
    [InlineData("--protocol x", "--protocol is 'x', but must be one of text, published.")]
    [InlineData("--untrained --protocol published", "--untrained excludes --protocol published, because an untrained network takes no training steps.")]
    [InlineData("--adversarial-budget 1 --patience 0", "--patience is 0, but must be an integer from 1 on.")]
    [InlineData("--train-limit 0", "--train-limit is 0, but must be an integer from 1 on.")]
    [InlineData("--train-limit x", "--train-limit is 'x', but must be an integer from 1 on.")]
    [InlineData("--robust-budgets 0.1,x", "--robust-budgets is '0.1,x', but must be numbers from 0 to 1000000, at most 1000 of them, like 0.1,0.2.")]
    [InlineData("--robust-budgets -0.1", "--robust-budgets is '-0.1', but must be numbers from 0 to 1000000, at most 1000 of them, like 0.1,0.2.")]
    [InlineData("--robust-budgets 1 --robust-steps 0", "--robust-steps is 0, but must be an integer from 1 to 1000000.")]
    [InlineData("--robust-steps 5", "--robust-steps needs --robust-budgets or --adversarial-budget, because accuracy under attack is measured at a budget.")]
    [InlineData("--robust-clip", "--robust-clip needs --robust-budgets or --adversarial-budget, because accuracy under attack is measured at a budget.")]
    [InlineData("--clip", "--clip needs --adversarial-budget above 0, because plain training attacks no images.")]
    [InlineData("--inner-steps 5 --adversarial-budget 0", "--inner-steps needs --adversarial-budget above 0, because plain training attacks no images.")]
    [InlineData("--untrained --adversarial-budget 1", "--untrained excludes --adversarial-budget, because an untrained network takes no training steps.")]
    [InlineData("--untrained --train-limit 5", "--untrained excludes --train-limit, because an untrained network takes no training steps.")]
    [InlineData("--output-moves", "--output-moves needs --hidden, because it moves the outputs of a deep network.")]
    [InlineData("--normalize maybe", "--normalize is 'maybe', but must be true or false.")]
    [InlineData("--bias maybe", "--bias is 'maybe', but must be true or false.")]
    [InlineData("--untrained --epochs 3", "--untrained excludes --epochs, because an untrained network takes no training steps.")]
    [InlineData("--widht 5", "onestep attack has no option --widht, did you mean --width; see 'onestep attack --help'.")]
    [InlineData("--colour", "onestep attack has no option --colour; see 'onestep attack --help'.")]
    [InlineData("now", "onestep attack takes options only, but was given 'now'; see 'onestep attack --help'.")]
    [InlineData("--save /nowhere/x", "--save is '/nowhere/x', but its folder does not exist.")]
    [InlineData("--report /nowhere/x", "--report is '/nowhere/x', but its folder does not exist.")]
    [InlineData("--save /tmp/", "--save is '/tmp/', but must be a file, not a folder.")]
    [InlineData("--save /dev/null", "--save is '/dev/null', but must be a regular file, not a device.")]
    [InlineData("--save one --report ./one", "--save and --report are both './one', but must be different files.")]
    public void Wrong_usage_is_one_sentence_before_any_work(string options, string sentence)
    {
        CliRun run = CliRun.Attack(options.Split(' '));

        Assert.Equal((2, string.Empty, sentence + "\n"), (run.ExitCode, run.Output, run.Error));
        Assert.Null(run.Backend.Asked);
    }

    [Theory]
    [InlineData("", "A verb is missing; see 'onestep --help'.")]
    [InlineData("attakc", "There is no verb 'attakc'; see 'onestep --help'.")]
    [InlineData("--colour", "onestep has no option --colour; see 'onestep --help'.")]
    public void Without_a_verb_there_is_one_sentence(string words, string sentence)
    {
        CliRun run = CliRun.Of(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, string.Empty, sentence + "\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void Of_several_errors_the_first_is_told() =>
        Assert.Equal("--c0 is 'a', but must be a finite number above 0.\n", CliRun.Attack("--c0", "a", "--width", "b").Error);

    [Fact]
    public void Version_is_printed()
    {
        CliRun run = CliRun.Of("--version");

        Assert.Equal(0, run.ExitCode);
        Assert.NotEmpty(run.Output);
    }
}
