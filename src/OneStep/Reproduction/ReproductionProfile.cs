using OneStep.Experiments;

namespace OneStep.Reproduction;

/// <summary>How much of the poster and of what it builds on is measured.</summary>
public enum ProfileName
{
    /// <summary>Small grids: a minute or two on two processors.</summary>
    Quick,

    /// <summary>Widths up to 10 000 and three to five seeds: about half an hour on two processors.</summary>
    Standard,

    /// <summary>The poster's grids, widths up to 100 000: hours.</summary>
    Full,
}

/// <summary>What a study is there for.</summary>
public enum StudyRole
{
    /// <summary>Size of the flip against the dimension, for several widths.</summary>
    Widths,

    /// <summary>Size of the flip against the dimension, for several radii.</summary>
    Radii,

    /// <summary>Robust accuracy against the budget, for several dimensions.</summary>
    Budgets,

    /// <summary>Robust accuracy over widths and radii.</summary>
    Phase,

    /// <summary>How far SGD moves a neuron without a ball, against the width.</summary>
    Deviation,

    /// <summary>The single step beside other attacks, in the lazy ball.</summary>
    Attacks,

    /// <summary>The same on a deep network.</summary>
    DeepAttacks,

    /// <summary>How many pixels must change, against the number of classes.</summary>
    Hamming,

    /// <summary>One step on random two-layer networks, over dimensions and widths.</summary>
    RandomTwoLayer,

    /// <summary>The same with smooth activations.</summary>
    Activations,

    /// <summary>One step on deep random networks, over dimensions and shapes.</summary>
    RandomDeep,

    /// <summary>Gradient flow on random networks whose widths vanish, over dimensions.</summary>
    Flow,

    /// <summary>Networks beside the kernel of infinite width, over widths.</summary>
    KernelLimit,

    /// <summary>Predictors of that kernel.</summary>
    Predictors,

    /// <summary>What the random initial function does to the size of the flip, over dimensions.</summary>
    Initialization,

    /// <summary>Perturbations proved against every network of the ball, over dimensions and radii.</summary>
    BallWide,

    /// <summary>Bounds on the robust accuracy of every network of the ball, over widths and radii.</summary>
    Frontier,

    /// <summary>The same over dimensions and budgets.</summary>
    BudgetFrontier,

    /// <summary>Multiples of networks of the ball.</summary>
    Cone,

    /// <summary>What flips networks and what provably does not, over dimensions.</summary>
    Bracket,
}

/// <summary>A study of a profile.</summary>
/// <param name="Role">What it is there for.</param>
/// <param name="Study">The name of a study that comes with the program.</param>
/// <param name="Changes">What is changed of it, as <see cref="Studies.StudyChange"/> reads it; none for the study as it is.</param>
public sealed record ProfileStudy(StudyRole Role, string Study, IReadOnlyList<string> Changes);

/// <summary>
/// Which studies, with which grids, measure the claims of the poster, of the systems that it builds on, and our own. The larger profiles hold
/// the values of the smaller ones where the cost allows, so that finished cells serve both.
/// </summary>
/// <param name="Name">The profile's name.</param>
/// <param name="Summary">What it is in one sentence, and what it leaves out.</param>
/// <param name="Studies">Its studies, in the order in which they are run: one a role.</param>
public sealed record ReproductionProfile(ProfileName Name, string Summary, IReadOnlyList<ProfileStudy> Studies)
{
    private const string WidthsStudy = "dimension-by-width";
    private const string RadiiStudy = "dimension-by-deviation";
    private const string BudgetsStudy = "robust-accuracy-by-budget";
    private const string PhaseStudy = "phase-transition";
    private const string DeviationStudy = "deviation-by-width";
    private const string AttacksStudy = "attack-comparison";
    private const string DeepAttacksStudy = "attack-comparison-deep";
    private const string HammingStudy = "hamming-distance";
    private const string RandomTwoLayerStudy = "random-two-layer";
    private const string ActivationsStudy = "random-two-layer-activations";
    private const string RandomDeepStudy = "random-deep";
    private const string FlowStudy = "gradient-flow";
    private const string KernelLimitStudy = "kernel-limit";
    private const string PredictorsStudy = "kernel-predictors";
    private const string InitializationStudy = "initialization";
    private const string BallWideStudy = "ball-wide-by-dimension";
    private const string FrontierStudy = "certified-frontier";
    private const string BudgetFrontierStudy = "certified-budgets";
    private const string ConeStudy = "cone";
    private const string BracketStudy = "bracket";

    /// <summary>The profiles, from the smallest on.</summary>
    public static IReadOnlyList<ReproductionProfile> All { get; } =
    [
        new(
            ProfileName.Quick,
            "Reduced grids: widths up to 5\u202F000 instead of 100\u202F000, three dimensions for the sharp drop, one budget for the phase transition, two or three seeds; fewer random networks.",
            [
                new(StudyRole.Widths, WidthsStudy, ["width=1000,5000", "seeds=3"]),
                new(StudyRole.Radii, RadiiStudy, ["width=1000", "c0=1,5,10,20,30", "seeds=3"]),

                // Half of the images survive 1.3 to 2.2 over sqrt(d) at C0 = 5: every dimension has budgets on both sides.
                new(StudyRole.Budgets, BudgetsStudy, ["width=400", "c0=5", "side=5,10,20", "adversarial-budget=0.045,0.09,0.15,0.22,0.33,0.5", "seeds=2"]),

                // From V sqrt(m) = 0.7 at the smallest width to 45 at the largest; the transition lies between 5 and 15.
                new(StudyRole.Phase, PhaseStudy, ["adversarial-budget=0.3", "width=50,100,200,400,800", "deviation=0.1,0.2,0.4,0.8,1.6", "seeds=2"]),
                new(StudyRole.Deviation, DeviationStudy, ["width=100,300,1000,3000", "seeds=2"]),
                new(StudyRole.Attacks, AttacksStudy, ["method=one-step,deepfool,fmn,boundary-walk", "width=1000", "side=10,20", "limit=30", "seeds=1"]),
                new(StudyRole.DeepAttacks, DeepAttacksStudy, ["method=one-step,deepfool,fmn,boundary-walk", "hidden='64,32'", "side=10,20", "epochs=2", "limit=30", "seeds=1"]),
                new(StudyRole.Hamming, HammingStudy, ["digits='0,1','0,1,2,3','0,1,2,3,4,5,6,7,8,9'", "epochs=1", "limit=5", "seeds=1"]),
                new(StudyRole.RandomTwoLayer, RandomTwoLayerStudy, ["width=500,1500,5000", "dimension=25,100,400", "seeds=8"]),
                new(StudyRole.Activations, ActivationsStudy, ["width=100,300,1000", "dimension=25,100,400", "seeds=8"]),
                new(StudyRole.RandomDeep, RandomDeepStudy, ["profile=constant,bottleneck", "depth=2", "dimension=64,256,1024", "seeds=10"]),
                new(StudyRole.Flow, FlowStudy, ["depth=1", "dimension=256,512,1024", "seeds=8"]),
                new(StudyRole.KernelLimit, KernelLimitStudy, ["width=300,1000,3000", "train-limit=300", "limit=100", "margin-samples=20"]),
                new(StudyRole.Predictors, PredictorsStudy, ["predictor=ridge", "hidden-layers=1", "train-limit=300", "limit=100"]),
                new(StudyRole.Initialization, InitializationStudy, ["width=1000", "side=7,14,28", "limit=200", "seeds=3"]),
                new(StudyRole.BallWide, BallWideStudy, ["width=1000", "side=10,20,28", "c0=1,5,10", "count=20", "seeds=2"]),

                // The widths, budgets and images of the transition and of the drop, so that trained networks have bounds: all but those of the
                // farthest balls and the smallest budgets.
                new(StudyRole.Frontier, FrontierStudy, ["budget=0.3", "width=50,100,200,400,800", "c0=2,4,6,8", "seeds=2"]),
                new(StudyRole.BudgetFrontier, BudgetFrontierStudy, ["width=400", "c0=5", "side=5,10,20", "budget=0.09,0.15,0.22,0.33,0.5", "seeds=2"]),
                new(StudyRole.Cone, ConeStudy, ["c0=5", "scale=0.01,1,100", "count=20", "seeds=2"]),
                new(StudyRole.Bracket, BracketStudy, ["width=1000", "side=10,14,20", "count=10", "seeds=2"]),
            ]),
        new(
            ProfileName.Standard,
            "The poster's dimensions and radii at widths up to 10\u202F000 instead of 100\u202F000; adversarial training with eleven budgets instead of fourteen, and at widths up to 3\u202F200 instead of 6\u202F400; random networks of widths up to 15\u202F000 instead of 1\u202F000\u202F000.",
            [
                new(StudyRole.Widths, WidthsStudy, ["width=1000,5000,10000", "seeds=5"]),
                new(StudyRole.Radii, RadiiStudy, ["width=10000", "seeds=3"]),
                new(StudyRole.Budgets, BudgetsStudy, ["adversarial-budget=0.03,0.045,0.065,0.09,0.12,0.18,0.27,0.4,0.5,0.6,0.75"]),

                // Steps of sqrt(2): between those of 2 interpolation misplaces the threshold by up to a tenth.
                new(
                    StudyRole.Phase,
                    PhaseStudy,
                    ["width=50,100,200,400,800,1600,3200", "deviation=0.05,0.07,0.1,0.14,0.2,0.28,0.4,0.57,0.8,1.13,1.6,2.26,3.2"]),
                new(StudyRole.Deviation, DeviationStudy, []),
                new(StudyRole.Attacks, AttacksStudy, ["side=10,20,28", "seeds=2"]),
                new(StudyRole.DeepAttacks, DeepAttacksStudy, ["side=10,20,28", "seeds=2"]),
                new(StudyRole.Hamming, HammingStudy, ["seeds=2"]),
                new(StudyRole.RandomTwoLayer, RandomTwoLayerStudy, ["width=500,1500,5000,15000"]),
                new(StudyRole.Activations, ActivationsStudy, []),
                new(StudyRole.RandomDeep, RandomDeepStudy, ["seeds=10"]),
                new(StudyRole.Flow, FlowStudy, ["seeds=10"]),
                new(StudyRole.KernelLimit, KernelLimitStudy, ["width=100,300,1000,3000,10000"]),
                new(StudyRole.Predictors, PredictorsStudy, ["hidden-layers=1,3"]),
                new(StudyRole.Initialization, InitializationStudy, ["width=1000", "seeds=3"]),
                new(StudyRole.BallWide, BallWideStudy, ["seeds=2"]),
                new(StudyRole.Frontier, FrontierStudy, ["width=50,100,200,400,800,1600,3200"]),
                new(StudyRole.BudgetFrontier, BudgetFrontierStudy, []),
                new(StudyRole.Cone, ConeStudy, []),
                new(StudyRole.Bracket, BracketStudy, ["width=1000,3000"]),
            ]),
        new(
            ProfileName.Full,
            "The poster's grids: widths up to 100\u202F000, all dimensions, radii and budgets; random networks of widths up to 1\u202F000\u202F000.",
            [
                new(StudyRole.Widths, WidthsStudy, []),
                new(StudyRole.Radii, RadiiStudy, []),
                new(StudyRole.Budgets, BudgetsStudy, []),
                new(StudyRole.Phase, PhaseStudy, []),
                new(StudyRole.Deviation, DeviationStudy, []),
                new(StudyRole.Attacks, AttacksStudy, []),
                new(StudyRole.DeepAttacks, DeepAttacksStudy, []),
                new(StudyRole.Hamming, HammingStudy, []),

                // "Whatever the width" is said of widths sub-exponential in d.
                new(StudyRole.RandomTwoLayer, RandomTwoLayerStudy, ["width=500,1500,5000,15000,50000,1000000"]),
                new(StudyRole.Activations, ActivationsStudy, []),
                new(StudyRole.RandomDeep, RandomDeepStudy, []),
                new(StudyRole.Flow, FlowStudy, []),
                new(StudyRole.KernelLimit, KernelLimitStudy, []),
                new(StudyRole.Predictors, PredictorsStudy, []),
                new(StudyRole.Initialization, InitializationStudy, []),
                new(StudyRole.BallWide, BallWideStudy, []),
                new(StudyRole.Frontier, FrontierStudy, []),
                new(StudyRole.BudgetFrontier, BudgetFrontierStudy, []),
                new(StudyRole.Cone, ConeStudy, []),
                new(StudyRole.Bracket, BracketStudy, []),
            ]),
    ];

    /// <summary>
    /// The network whose ray and images are shown: in every profile the one that <c>onestep attack</c> trains and attacks when
    /// nothing else is asked for.
    /// </summary>
    public ExperimentParameters Representative { get; init; } = new();

    /// <summary>The profile of a name.</summary>
    public static ReproductionProfile Of(ProfileName name) => All.Single(profile => profile.Name == name);
}
