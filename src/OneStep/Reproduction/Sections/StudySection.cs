using OneStep.Claims;
using OneStep.Reports;
using OneStep.Reports.Sections;

namespace OneStep.Reproduction.Sections;

/// <summary>What one study shows: its claims, a paragraph, its figures.</summary>
internal static class StudySection
{
    /// <summary>The section of a role.</summary>
    /// <param name="role">The role.</param>
    /// <param name="result">What was measured.</param>
    /// <param name="sets">The figures of its study; empty where nothing was measured.</param>
    public static Html Of(StudyRole role, ReproductionResult result, IReadOnlyList<FigureSet> sets) => Html.Of($"""
        <section id="{Anchor(role)}" aria-labelledby="{Anchor(role)}-title">
          <h2 id="{Anchor(role)}-title">{Title(role)}</h2>
          <p>{Text(role)}</p>
          {Claims(role).Select(id => ClaimsSection.Line(result.ClaimOf(id)))}
          {(role == StudyRole.Radii ? RadiusTable.Of(result) : Html.Empty)}
          {(sets.Any(set => set.Figures.Count > 0) ? Html.Empty : Html.Of($"""<p class="notice">{NoFigure(role, result)}</p>"""))}
          {sets.Select(Set)}
        </section>
        """);

    /// <summary>The section's anchor.</summary>
    public static string Anchor(StudyRole role) => role.ToString().ToLowerInvariant();

    /// <summary>What the contents call it.</summary>
    public static string ShortTitle(StudyRole role) => role switch
    {
        StudyRole.Widths => "Dimension",
        StudyRole.Radii => "Radius",
        StudyRole.Budgets => "Robust accuracy",
        StudyRole.Phase => "Phase transition",
        StudyRole.Attacks => "Other attacks",
        StudyRole.DeepAttacks => "Deep networks",
        StudyRole.Hamming => "Few pixels",
        StudyRole.RandomTwoLayer => "Random networks",
        StudyRole.Activations => "Smooth activations",
        StudyRole.RandomDeep => "Random deep networks",
        StudyRole.Flow => "Gradient flow",
        StudyRole.KernelLimit => "Infinite width",
        StudyRole.Predictors => "Kernel predictors",
        StudyRole.Initialization => "Initialisation",
        StudyRole.BallWide => "Certificates",
        StudyRole.Frontier => "Certified frontier",
        StudyRole.BudgetFrontier => "Certified budgets",
        StudyRole.Cone => "The cone",
        StudyRole.Bracket => "The bracket",
        _ => "Lazy regime",
    };

    private static Html Set(FigureSet set) => Html.Of($"""
        <h3 class="set-title" id="{set.Name}">{set.Title}</h3>
        {(set.Text.Length == 0 ? Html.Empty : Html.Of($"<p>{set.Text}</p>"))}
        {FiguresSection.Charts(set.Figures)}
        """);

    private static string NoFigure(StudyRole role, ReproductionResult result) => result.StudyOf(role) is { Results.Cells.Count: > 0 }
        ? "Too little of this study is finished for a figure."
        : "Nothing of this study is finished, so there is no figure.";

    private static string Title(StudyRole role) => role switch
    {
        StudyRole.Widths => "The step shrinks with the dimension, whatever the width",
        StudyRole.Radii => "Farther from initialisation, the law begins later",
        StudyRole.Budgets => "Training against attacks helps only up to a budget of order 1/√d",
        StudyRole.Phase => "Robustness begins where the ball is larger than of order 1/√m",
        StudyRole.Attacks => "One step is nearly as good as the attacks of the field",
        StudyRole.DeepAttacks => "The same attacks on a deep network",
        StudyRole.Hamming => "Moving K outputs takes about K pixels",
        StudyRole.RandomTwoLayer => "What the poster builds on: one step flips random networks",
        StudyRole.Activations => "With smooth activations, at any width",
        StudyRole.RandomDeep => "Through several layers, bottlenecks included",
        StudyRole.Flow => "Before the single step: gradient flow",
        StudyRole.KernelLimit => "Why lazy: wide networks become kernel predictors",
        StudyRole.Predictors => "The limit itself",
        StudyRole.Initialization => "Where the law 1/√d comes from",
        StudyRole.BallWide => "Proved: one perturbation against every network of the ball",
        StudyRole.Frontier => "Proved: where no training can help",
        StudyRole.BudgetFrontier => "Proved: at most so accurate under attack",
        StudyRole.Cone => "Far outside the ball the same proofs hold",
        StudyRole.Bracket => "Proved: nothing much shorter than one step flips",
        _ => "Why networks are lazy: no neuron moves far",
    };

    private static string Text(StudyRole role) => role switch
    {
        StudyRole.Widths => "Networks trained by SGD in the lazy ball V = C₀/√m with C₀ = 10. A single gradient step flips an image once it is longer than ‖δ‖; "
            + "theory says ‖δ‖ = O(1/√d), ‖∇f‖ of order √d and η = O(1/d), for every width.",
        StudyRole.Radii => "The same at one width, from balls in which networks are hardly trained to balls far beyond the theorem's constant. What fits all of them "
            + "is ‖∇f‖² ≈ d/2 + C₀²/8 and a margin of about 0.18 C₀, hence ‖δ‖ ≈ 0.18 C₀/√(d/2 + C₀²/8): a law of slope −1/2 only where d is well above C₀²/4. "
            + "At C₀ = 20 and 30 few dimensions are, and the curves flatten. The theorem takes C₀ as a constant and d as large, so this is where it has not begun, not where it fails. "
            + "At C₀ ≤ 2 networks are hardly trained, and what the random initial function does, which differs from seed to seed, makes up most of what is seen.",
        StudyRole.Budgets => "For each budget ε a network is trained on images attacked within ε, every neuron held in its lazy ball, and then attacked within the same ε. "
            + "Theory says that no network of the ball is robust at budgets of order 1/√d.",
        StudyRole.Phase => "The same over widths m and radii V of the ball. A network in a ball smaller than of order 1/√m cannot become robust; the threshold should have the slope −1/2.",
        StudyRole.Attacks => "The same networks in the lazy ball attacked by the published minimum-norm attacks, each with its published settings. Their median size is shown beside the smallest "
            + "of all; the single step takes one gradient and two products where they take a hundred gradients.",
        StudyRole.DeepAttacks => "The same on a network with hidden layers all of which were trained by SGD, without a ball.",
        StudyRole.Hamming => "[SSRD19] construct a change of about K pixels that gives the K outputs of a network whatever values one likes, so that the Hamming distance grows linearly with the "
            + "number of outputs. Here the largest output and that of the next class change places, on networks as initialised and as trained, once freely and once with pixels kept "
            + "in [0, 1]. To flip only the prediction takes one pixel, however many classes there are.",
        StudyRole.RandomTwoLayer => "[BCGT21]: weights are random, and nothing is trained. A single gradient step flips the prediction of a relu network with more neurons than dimensions, though "
            + "sub-exponentially many, and its length is of order ‖x‖/√d. Every network here has one random input of its own; ‖δ‖√d/‖x‖ should depend neither on d nor on m. The poster asks what is "
            + "left of it after training.",
        StudyRole.Activations => "[BCGT21] again: smooth activations need not have more neurons than dimensions. Along a ray such a network is not piecewise linear, so that the flip is found by a "
            + "search; like every other it counts only once float64 has confirmed it.",
        StudyRole.RandomDeep => "[BBC21]: the same for relu networks of constant depth whose widths are polynomials of one another. The deeper a random network is the nearer it is to a constant, and at "
            + "few dimensions some do not flip within half of ‖x‖. The claim is judged by medians over all networks, of which those count as longest.",
        StudyRole.Flow => "[DS21]: where every layer is much narrower than the one before, gradient flow flips the prediction on a path of order ‖x‖/√d, and so does gradient descent in small "
            + "steps. The flow is followed exactly, from one linear region to the next; small steps and the single step stand beside it.",
        StudyRole.KernelLimit => "[JGH18]: as the width grows, a trained network becomes the predictor of a fixed kernel. [JT19] and [ADHL19] prove that wide networks can be trained and generalise while "
            + "no neuron moves farther than of order 1/√m: the lazy regime. Here network and kernel take the same steps on the same minibatches, and the same single step attacks both. The kernel begins "
            + "at f = 0, as networks do from antisymmetric initialisation; from standard initialisation a random function stays, however wide the network is.",
        StudyRole.Predictors => "Regression with the kernel of infinite width. Nothing is random here: no step against a random function is among what flips it. How much is regularised "
            + "should hardly matter.",
        StudyRole.Initialization => "The same training in the lazy ball, once from standard initialisation, where f begins as a random function whose gradient is of order √d, and once from antisymmetric "
            + "initialisation, where it begins at 0. If what shrinks like 1/√d is the step against the random function, networks without it have steps that do not shrink with the dimension.",
        StudyRole.BallWide => "The theorem says that every network of the lazy ball falls, for large d. Here it is proved for the W₀ at hand: a single δ, found without looking at any trained network, "
            + "after which the worst network of the ball, and with it every other one, has changed its prediction. It is longer than what flips one network, since it must beat all of them.",
        StudyRole.Frontier => "The corollary at a finite size: from W₀ and the radius alone, an upper bound on the accuracy under attack of every network of the ball, adversarially trained or not. Explicit networks "
            + "of the ball that were made to resist say how far any proof could come.",
        StudyRole.BudgetFrontier => "The same bound over the budgets of the sharp drop, on the same images. In small balls it lies far below 1 at budgets of a few 1/√d; in larger ones nothing is proved.",
        StudyRole.Cone => "Scores of two-layer networks grow with their weights and keep their signs, so that what is proved for the ball is proved for all multiples of its networks: a cone, in which networks may "
            + "be arbitrarily far from W₀.",
        StudyRole.Bracket => "How near to optimal is one step? Attacks can only say that they found nothing shorter. The centred quadratic bound proves that nothing within a radius flips the network, and the radius is "
            + "nearly as long as the step itself where f began as a random function. Networks trained from f = 0 are different: there one step is far from the shortest flip, and far from what is proved.",
        _ => "Plain SGD without a ball. That the weights stay within O(1/√m) of where they began is what makes the lazy ball the right set of networks to speak of.",
    };

    private static string[] Claims(StudyRole role) => role switch
    {
        StudyRole.Widths => [ClaimIds.PerturbationSlope, ClaimIds.GradientSlope, ClaimIds.StepSlope, ClaimIds.RobustErrorCorollary],
        StudyRole.Radii or StudyRole.Attacks or StudyRole.DeepAttacks or StudyRole.Hamming or StudyRole.Activations or StudyRole.Predictors or StudyRole.BudgetFrontier => [],
        StudyRole.Budgets => [ClaimIds.SharpDrop],
        StudyRole.Phase => [ClaimIds.PhaseThresholdSlope],
        StudyRole.RandomTwoLayer => [ClaimIds.RandomTwoLayerFlat],
        StudyRole.RandomDeep => [ClaimIds.RandomDeepFlat],
        StudyRole.Flow => [ClaimIds.GradientFlowFlips],
        StudyRole.KernelLimit => [ClaimIds.KernelConverges],
        StudyRole.Initialization => [ClaimIds.InitializationMatters],
        StudyRole.BallWide => [ClaimIds.BallWideCertificate],
        StudyRole.Frontier => [ClaimIds.CertifiedRobustError],
        StudyRole.Cone => [ClaimIds.ConeInvariance],
        StudyRole.Bracket => [ClaimIds.Bracket, ClaimIds.OneStepNearOptimal],
        _ => [ClaimIds.DeviationSlope, ClaimIds.LazyBallRespected],
    };
}
