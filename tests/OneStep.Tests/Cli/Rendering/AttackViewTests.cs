using OneStep.Cli.Rendering;
using OneStep.Cli.Verbs;
using OneStep.Experiments;
using OneStep.Statistics;

namespace OneStep.Tests.Cli.Rendering;

public class AttackViewTests
{
    private static readonly AttackRequest Request = new() { Command = "onestep attack" };

    private static readonly TerminalTraits Colorless = new() { IsTerminal = true, HasAnsi = false, Colors = ColorDepth.None, Width = 80 };

    [Fact]
    public void In_a_file_it_is_plain_text() => Assert.Equal(
        """
        Digits 0 against 1: d = 784, m = 10000, C0 = 10, seed 0.
        Trained for 81 steps (0.41 epochs): loss 0.188, training accuracy 99.87 %; reached the boundary of the lazy ball, largest deviation 0.1000, radius C0/√m = 0.1000.

        Smallest ‖δ‖/‖x‖ = 0.0750: image 0, digit 0, f(x) = -1.500, f(x+δ) = +2.5e-7
        Median ‖δ‖/‖x‖ = 0.0900: image 3, digit 1, f(x) = +1.875, f(x+δ) = -2.5e-7
        Largest ‖δ‖/‖x‖ = 0.105: image 6, digit 0, f(x) = -2.250, f(x+δ) = +2.5e-7

        Clean accuracy 85.71 % on 7 test images: one gradient step flipped 5 of 6 that were classified correctly, every flip confirmed in float64 (1 misclassified to begin with).
        ───────────────────────────────────────────────────────────────────────────────
                               mean    theory    median        std       min       max
        ───────────────────────────────────────────────────────────────────────────────
         size ‖δ‖/‖x‖        0.0890    0.0850    0.0900     0.0119    0.0750     0.105
         gradient ‖∇f(x)‖      20.7      20.0      20.8      0.597      20.0      21.5
         step size η        0.00429   0.00420   0.00434   0.000452   0.00375   0.00488
         margin y f(x)         1.85         -      1.88      0.298      1.50      2.25
        ───────────────────────────────────────────────────────────────────────────────
        Theory: mean-field prediction at each image's own margin for a random network, no free parameter.
        Time: training 3.2 s, attack 1.5 s, verification 0.8 s.
        Add --report FILE.html for figures and images, --save FILE to keep network and perturbations, --json for every number.

        """.ReplaceLineEndings("\n"),
        Render(new ExperimentParameters(), TerminalTraits.Redirected));

    [Fact]
    public void In_a_terminal_without_colors_pictures_are_characters() => Assert.Contains(
        """
        Smallest ‖δ‖/‖x‖ = 0.0750: image 0, digit 0, f(x) = -1.500, f(x+δ) = +2.5e-7
        x, read as 0               δ times 19                 x + δ, read as 1
                                        *****@@@@@%%%%%-----
                                        *****@@@@@%%%%%-----
             =====-----=====       .....     :::::::::::::::       =====-----=====
             @@@@@#####@@@@@       -----%%%%%@@@@@*****            @@@@@#####@@@@@
        """.ReplaceLineEndings("\n"),
        Trimmed(Render(new ExperimentParameters { Side = 5 }, Colorless)),
        StringComparison.Ordinal);

    [Fact]
    public void In_a_terminal_with_colors_pictures_are_half_blocks_and_there_are_no_colors_in_a_file()
    {
        string text = Render(new ExperimentParameters(), new TerminalTraits { IsTerminal = true, HasAnsi = true, Colors = ColorDepth.Full, Width = 80 });

        Assert.Contains("\e[38;2;", text, StringComparison.Ordinal);
        Assert.Equal(3 * 3 * 25 * 13, text.Count(c => c == '▀'));
        Assert.DoesNotContain('\e', Render(new ExperimentParameters(), TerminalTraits.Redirected));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(50)]
    [InlineData(60)]
    [InlineData(79)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int width) => Assert.All(
        Render(new ExperimentParameters { Strong = true }, Colorless with { Width = width }).Split('\n'),
        line => Assert.True(line.TrimEnd().Length <= Math.Max(width, 32), line));

    [Fact]
    public void Without_normalization_there_is_no_theory_and_one_row_more()
    {
        string text = Render(new ExperimentParameters { Normalize = false }, TerminalTraits.Redirected);

        Assert.Contains("\n perturbation ‖δ‖", text, StringComparison.Ordinal);
        Assert.Contains("\nTheory speaks of two-layer networks of two classes without biases, and of normalized inputs.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("  theory  ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_another_attack_nothing_is_said_of_theory_but_what_it_took()
    {
        string text = new AttackView(SyntheticExperiment.RunMethod("fgsm"), Request, TerminalTraits.Redirected).Render();
        Assert.Contains("fgsm flipped 5 of 6 that were classified correctly", text, StringComparison.Ordinal);
        Assert.Contains("\n size ‖δ‖∞ ", text, StringComparison.Ordinal);
        Assert.Contains("\nThe attack took 3.00 passes forward and 1.00 backward per image.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Theory", text, StringComparison.Ordinal);
        Assert.DoesNotContain("step size", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Untrained_and_loaded_networks_say_so()
    {
        Assert.Contains("\nThe network was not trained.\n", Render(new ExperimentParameters { Untrained = true }, TerminalTraits.Redirected), StringComparison.Ordinal);

        string loaded = new AttackView(SyntheticExperiment.Run(isLoaded: true), Request with { LoadPath = "a.st" }, TerminalTraits.Redirected).Render();
        Assert.Contains("\nThe network was loaded from a.st: largest deviation 0.1000, ball radius C0/√m = 0.1000.\n", loaded, StringComparison.Ordinal);
        Assert.Contains("\nTime: attack 1.5 s, verification 0.8 s.\n", loaded, StringComparison.Ordinal);
    }

    [Fact]
    public void Stronger_attacks_tell_how_far_from_the_best_one_step_is() => Assert.Contains(
        "One step is 1.06 times (median; at most 1.31) as long as the best perturbation found by SequentialLinearization(restarts: 3), BoundaryWalk.\n",
        Render(new ExperimentParameters { Strong = true }, TerminalTraits.Redirected),
        StringComparison.Ordinal);

    [Fact]
    public void Accuracy_under_attack_is_a_table_with_its_warnings() => Assert.Contains(
        """
        ────────────────────────────────────────────────────
         budget ε   accuracy   one-step       pgd   clipped
        ────────────────────────────────────────────────────
            0.100       80 %       90 %      80 %      85 %
            0.300    33.33 %       50 %   33.33 %      40 %
        ────────────────────────────────────────────────────
        Accuracy under attack: the part of all images that no attack flips with ‖δ‖ ≤ ε, every flip confirmed in float64; pgd takes 20 steps; clipped: attacks that keep pixels in [0, 1].
        Warning: Beware.
        """.ReplaceLineEndings("\n"),
        Robust(TerminalTraits.Redirected),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void The_table_of_accuracy_is_no_wider_than_the_terminal(int width) =>
        Assert.All(Robust(Colorless with { Width = width }).Split('\n'), line => Assert.True(line.TrimEnd().Length <= width, line));

    [Fact]
    public void Adversarial_training_says_what_it_trained_against_and_what_projection_cost()
    {
        ExperimentRun run = SyntheticExperiment.Run(new() { Adversarial = new() { Budget = 0.3 }, Training = new() { Ball = OneStep.Training.BallMode.None } });
        run = run with { Result = run.Result with { Training = run.Result.Training! with { RobustTrace = [new(1, 0.1, 0.05), new(2, 0.43, 0.29)] } } };
        string text = new AttackView(run, Request, TerminalTraits.Redirected).Render();
        Assert.Contains("\nTrained against attacks within ε = 0.300 for 81 steps", text, StringComparison.Ordinal);
        Assert.Contains("; nothing held it in the lazy ball, largest deviation 0.1000", text, StringComparison.Ordinal);
        Assert.Contains("in the last epoch: 43 % before its projection, 29 % after it.\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_that_were_moved_have_a_sentence()
    {
        ExperimentRun run = SyntheticExperiment.Run();
        var free = new OutputMoveSummary(7, 7, Summary.Of([9, 11, 13]), Summary.Of([40]), Summary.Of([1]));
        string Text(OutputMoves moves) => new AttackView(run with { Result = run.Result with { OutputMoves = moves } }, Request, TerminalTraits.Redirected).Render();
        Assert.Contains(
            "\nAll 10 outputs moved, the largest exchanged with the next class's: 7 of 7 images by changing 11.0 pixels on average, median 11.0; with pixels kept in [0, 1]: 0 of 7 images.\n",
            Text(new(10, free, new(7, 0, Summary.Of([]), Summary.Of([]), Summary.Of([])))),
            StringComparison.Ordinal);
        Assert.Contains("\nThe output turned into its opposite: 7 of 7 images", Text(new(1, free, free)), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_was_flipped_there_is_no_table()
    {
        ExperimentRun run = SyntheticExperiment.Run();
        var nothing = run with { Result = run.Result with { CleanAccuracy = 0, Examples = new ExampleCounts(7, 5, 0, 0, 2, 0), Verified = 0, Rows = [] } };

        string text = new AttackView(nothing, Request, TerminalTraits.Redirected).Render();

        Assert.Contains("\nClean accuracy 0 % on 7 test images: there was none to flip (5 misclassified to begin with, 2 without a label, f(x) = 0).\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mean", text, StringComparison.Ordinal);
    }

    private static string Render(ExperimentParameters parameters, TerminalTraits traits) =>
        new AttackView(SyntheticExperiment.Run(parameters), Request, traits).Render();

    private static string Robust(TerminalTraits traits)
    {
        ExperimentRun run = SyntheticExperiment.Run();
        var robust = new RobustAccuracy
        {
            Budgets = [0.1, 0.3],
            Value = [0.8, 1.0 / 3],
            Attacks = [new("one-step", [0.9, 0.5]), new("pgd", [0.8, 1.0 / 3])],
            Clipped = new([0.85, 0.4], [new("pgd", [0.85, 0.4])]),
            Warnings = ["Beware."],
        };
        return new AttackView(run with { Result = run.Result with { RobustAccuracy = robust } }, Request, traits).Render();
    }

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(l => l.TrimEnd()));
}
