namespace OneStep.Experiments.Certification;

/// <summary>What experiments on all networks of a lazy ball cost, estimated from their parameters alone.</summary>
internal static class CertificationCost
{
    // Multiply-adds count twice. A certified image takes some tens of passes for each walk along a
    // boundary, that of the network and that of the ball, and somewhat less than one of them for one query.
    private const double FlopsAWalkedWeight = 400;
    private const double FlopsAQueriedWeight = 350;
    private const double FlopsAStraightWeight = 100;

    // The joint bound answers nine times and relaxes in float64; explicit networks are attacked by 40 gradients each.
    private const double FlopsAJointWeight = 400;
    private const double FlopsAnExplicitWeight = 350;

    // Images of two digits of MNIST, where no limit says how many.
    private const int UsualTraining = 12_000;
    private const int UsualTests = 2100;

    // Beside W and W0: a copy of W0, and the weights of the network that is the worst case of the ball.
    private const long FurtherCopies = 2;

    // A relaxation is tried at some radii. The two bounds beside it make matrices of d × d from the rows, at a cost of m d² a few times,
    // and factorise them or look for their eigenvalues, at d³ some dozen times.
    private const double FlopsARelaxedWeight = 600;
    private const double FlopsASpectralProduct = 5;
    private const double FlopsAnEigenvalue = 25;
    private const double FlopsAQuadraticProduct = 6;
    private const double FlopsAFactor = 40;

    // A thread has a symmetric matrix and its factor, each stored by half; as many as four threads are expected.
    private const long SquareMatrices = 4;

    /// <summary>Training a network and certifying inputs against its ball, one query and lower bounds included.</summary>
    public static double Flops(ExperimentParameters network, CertificationOptions options) =>
        Training(network) + (options.Count * (Bounds(network, options.LowerBounds) + (network.WeightCount * ((2 * FlopsAWalkedWeight) + FlopsAQueriedWeight + FlopsAStraightWeight))));

    /// <summary>Training a network and bracketing its smallest flips.</summary>
    public static double Flops(ExperimentParameters network, BracketOptions options) =>
        Training(network) + (options.Count * (Bounds(network, options.LowerBounds) + (network.WeightCount * FlopsAWalkedWeight)));

    /// <summary>The same of a multiple: no walk along its own boundary, and no query.</summary>
    public static double FlopsOfMultiple(ExperimentParameters network, int count) =>
        Training(network) + (network.WeightCount * count * (FlopsAWalkedWeight + FlopsAStraightWeight));

    /// <summary>Bounding the robust accuracy of every network of a ball.</summary>
    public static double Flops(ExperimentParameters network, CorollaryOptions options)
    {
        double n = options.Count ?? UsualTests;
        double weight = FlopsAWalkedWeight + FlopsAJointWeight + (options.ExplicitNetworks ? FlopsAnExplicitWeight : 0);
        return (network.WeightCount * n * weight) + (n * n * (network.Width + n));
    }

    /// <summary>The memory of a trained network and of what certifies it, in bytes.</summary>
    public static long NeededBytes(ExperimentParameters network) =>
        ExperimentMemory.NeededBytes(network, trainingExamples: network.TrainLimit ?? UsualTraining) + (FurtherCopies * ExperimentMemory.WeightBytes(network));

    /// <summary>The same where lower bounds are asked for.</summary>
    public static long NeededBytes(ExperimentParameters network, LowerBoundSet bounds) =>
        NeededBytes(network) + (bounds.Kinds.Any(kind => kind is LowerBoundKind.Global or LowerBoundKind.Spectral or LowerBoundKind.Quadratic) ? SquareMatrices * network.Dimension * network.Dimension * sizeof(double) : 0);

    /// <summary>The memory of W0, of a network of the ball, and of the Gram matrices of the inputs, in bytes.</summary>
    public static long NeededBytes(ExperimentParameters network, CorollaryOptions options)
    {
        long n = options.Count ?? UsualTests;
        ExperimentParameters untrained = network with { Untrained = true };
        return ExperimentMemory.NeededBytes(untrained, largestWeights: long.MaxValue) + (FurtherCopies * ExperimentMemory.WeightBytes(untrained)) + (2 * n * n * sizeof(double));
    }

    private static double Training(ExperimentParameters network) =>
        network.WeightCount * TrainingCost.FlopsAWeight(network) * (network.TrainLimit ?? UsualTraining);

    /// <summary>Bounding one input from below.</summary>
    private static double Bounds(ExperimentParameters network, LowerBoundSet bounds) => bounds.Kinds.Sum(kind => kind switch
    {
        LowerBoundKind.Linear => network.WeightCount * FlopsARelaxedWeight,
        LowerBoundKind.Spectral => Square(network, FlopsASpectralProduct, FlopsAnEigenvalue),
        LowerBoundKind.Quadratic => Square(network, FlopsAQuadraticProduct, FlopsAFactor),
        _ => network.WeightCount,
    });

    private static double Square(ExperimentParameters network, double product, double solution) =>
        (double)network.Dimension * network.Dimension * ((network.Width * product) + (network.Dimension * solution));
}
