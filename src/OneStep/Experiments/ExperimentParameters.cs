using OneStep.Data;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>
/// Everything that determines the numbers of one experiment, and nothing else: task, network, training, attack, seed.
/// The verb <c>attack</c> runs one; a cell of a study is one.
/// </summary>
public sealed record ExperimentParameters
{
    /// <summary>The widest network that can be asked for.</summary>
    public const int MaximumWidth = 10_000_000;

    /// <summary>The width unless told otherwise.</summary>
    public const int DefaultWidth = 10_000;

    /// <summary>C0 unless told otherwise.</summary>
    public const double DefaultC0 = 10;

    // With momentum, as deep networks are trained, it is in effect ten times as large.
    private const double DeepLearningRate = 0.1;

    /// <summary>The classes: two, or more for a deep network. Default digit 0 (y = −1) against digit 1 (y = +1).</summary>
    public ClassSplit Digits { get; init; } = ClassSplit.ZeroVersusOne;

    /// <summary>The side s of the images after resizing, in pixels, 1 to 100; d = s². Default 28.</summary>
    public int Side { get; init; } = 28;

    /// <summary>Whether resizing averages over the pixels it leaves out. Default false, as published.</summary>
    public bool Antialias { get; init; }

    /// <summary>Whether every input is scaled to ‖x‖ = 1. Default true.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>The width m, 1 to 10 000 000; even for antisymmetric initialisation. Default 10 000.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>C0: the radius of the lazy ball is V = C0/√m. Positive. Default 10.</summary>
    public double C0 { get; init; } = DefaultC0;

    /// <summary>The widths of the hidden layers of a deep network, all layers of which are trained by SGD without a ball; empty,
    /// the default, for the two-layer network of width m whose hidden layer is trained in the lazy ball.</summary>
    public HiddenWidths Hidden { get; init; } = HiddenWidths.None;

    /// <summary>The seed of everything random.</summary>
    public ulong Seed { get; init; }

    /// <summary>How W0 is drawn.</summary>
    public InitializationKind Initialization { get; init; } = InitializationKind.Standard;

    /// <summary>Whether hidden neurons have biases. Default false.</summary>
    public bool Bias { get; init; }

    /// <summary>Attack the network as initialised, without training. Default false.</summary>
    public bool Untrained { get; init; }

    /// <summary>How the network is trained.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>How training examples are attacked; plain training by default.</summary>
    public AdversarialOptions Adversarial { get; init; } = new();

    /// <summary>Train on only the first so many training inputs of the classes; null, the default, for all.</summary>
    public int? TrainLimit { get; init; }

    /// <summary>Budgets at which accuracy under attack is measured, in units of the input. Default none.</summary>
    public BudgetList RobustBudgets { get; init; } = BudgetList.None;

    /// <summary>Projected gradient steps for that, at least 1. Default 20.</summary>
    public int RobustSteps { get; init; } = 20;

    /// <summary>Whether accuracy is also measured under attacks that keep inputs in [0, 1]. Default false.</summary>
    public bool RobustClip { get; init; }

    /// <summary>The attack. Default the single gradient step.</summary>
    public MethodOptions Method { get; init; } = new();

    /// <summary>Whether stronger attacks are run beside the single step. Default false.</summary>
    public bool Strong { get; init; }

    /// <summary>Whether it is also measured how few coordinates move all outputs; for deep networks. Default false.</summary>
    public bool OutputMoves { get; init; }

    /// <summary>Attack only the first so many test inputs; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether the network is a deep one, without a lazy ball.</summary>
    public bool IsDeep => Hidden.Count > 0;

    /// <summary>The widths of a deep network's layers: the input dimension, the hidden widths, the outputs, which are one for two
    /// classes and else one a class; empty for the two-layer network.</summary>
    public IReadOnlyList<int> LayerWidths => IsDeep ? [Dimension, .. Hidden, Digits.IsBinary ? 1 : Digits.Count] : [];

    /// <summary>How many weights the network has that an attack's pass goes through.</summary>
    public double WeightCount => IsDeep ? LayerWidths.Zip(LayerWidths.Skip(1), (from, to) => (double)from * to).Sum() : (double)Width * Dimension;

    /// <summary>The input dimension d = s².</summary>
    public int Dimension => Side * Side;

    /// <summary>The radius of the lazy ball, V = C0/√m.</summary>
    public double Radius => C0 / Math.Sqrt(Width);

    /// <summary>Where accuracy under attack is measured: the budgets asked for, and that of adversarial training.</summary>
    public BudgetList EvaluatedBudgets => Adversarial.IsOn ? RobustBudgets.With(Adversarial.Budget) : RobustBudgets;

    /// <summary>How training respects the ball unless told otherwise: <see cref="BallMode.None"/> for deep networks,
    /// <see cref="BallMode.Project"/> for adversarial training, else <see cref="BallMode.Stop"/>.</summary>
    public BallMode DefaultBall => IsDeep ? BallMode.None : Adversarial.IsOn ? BallMode.Project : BallMode.Stop;

    /// <summary>The step size of SGD unless told otherwise: 0.1 for deep networks, else 1.</summary>
    public double DefaultLearningRate => IsDeep ? DeepLearningRate : new TrainingOptions().LearningRate;

    /// <summary>How many passes a ball mode allows unless told otherwise: 20 for <see cref="BallMode.Stop"/>, else 10.</summary>
    public static int DefaultEpochs(BallMode ball) => ball == BallMode.Stop ? 20 : 10;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Side is >= 1 and <= 100, "side", Side, "an integer from 1 to 100");
        InvalidParameterException.Require(Width is >= 1 and <= MaximumWidth, "width", Width, $"an integer from 1 to {MaximumWidth}");
        InvalidParameterException.Require(double.IsFinite(C0) && C0 > 0, "c0", C0, "a finite number above 0");
        InvalidParameterException.Require(
            Initialization != InitializationKind.Antisymmetric || Width % 2 == 0, "width", Width, "even for antisymmetric initialization");
        Training.Validate();
        Adversarial.Validate();
        InvalidParameterException.Require(TrainLimit is null or >= 1, "train-limit", TrainLimit, "an integer from 1 on");
        InvalidParameterException.Require(RobustSteps is >= 1 and <= 1_000_000, "robust-steps", RobustSteps, "an integer from 1 to 1000000");
        InvalidParameterException.Require(Limit is null or >= 1, "limit", Limit, "an integer from 1 on");
        Method.Validate();
        InvalidParameterException.Require(IsDeep || !OutputMoves, "output-moves", "true", "false unless hidden asks for a deep network");
        InvalidParameterException.Require(IsDeep || Digits.IsBinary, "digits", $"'{Digits}'", "two digits or sums of digits unless hidden asks for a deep network");
        if (IsDeep)
        {
            RequireNoBall();
        }
    }

    // What belongs to the two-layer network must not be said of a deep one: it would name another experiment that is the same.
    private void RequireNoBall()
    {
        const string Left = "left at its default where hidden gives the widths of a deep network";
        InvalidParameterException.Require(Width == DefaultWidth, "width", Width, Left);
        InvalidParameterException.Require(C0 == DefaultC0, "c0", C0, Left);
        InvalidParameterException.Require(Training.Ball == BallMode.None, "ball", $"{Training.Ball}".ToLowerInvariant(), "none for a deep network, which has no ball");
        InvalidParameterException.Require(Initialization == InitializationKind.Standard, "initialization", "antisymmetric", Left);
        InvalidParameterException.Require(!Adversarial.IsOn, "adversarial-budget", Adversarial.Budget, Left);
    }
}
