using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.Experiments.Certification;

/// <summary>
/// The cone over the lazy ball (docs/mathematics.md §8): a network is trained in the ball and all its weights are multiplied by s.
/// Far outside the ball, it must still fall to what is certified from W0 alone, and its place must be found again.
/// </summary>
public static class ConeExperiment
{
    /// <summary>Trains, multiplies and certifies.</summary>
    /// <param name="parameters">The network and the task; what they say of attacks and budgets is nothing to this.</param>
    /// <param name="options">Which multiple, and on how many inputs.</param>
    /// <param name="dataset">The images.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or the network is a deep one.</exception>
    /// <exception cref="OneStepException">The data do not fit the task, training diverged, or no image is classified correctly.</exception>
    public static ConeResult Run(ExperimentParameters parameters, ConeOptions options, ImageDataset dataset, ExperimentExecution execution)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        CertificationExperiment.RequireTwoLayers(parameters);
        CertificationExperiment.RequireStorableRadius(parameters);
        ClassificationTask task = Experiment.Prepare(parameters, dataset, execution);
        using var model = (LazyModel)NetworkInMemory.Make(parameters, task, execution, out double trainSeconds);
        TrainedNetwork network = model.Network;
        using TwoLayerNetwork center = network.CopyOfInitial();
        var cone = new LazyCone(center.Weights);
        var trained = ConeFacts.Of(cone.Locate(network.Network.Weights, execution.Threads, execution.Cancellation));
        Multiply(network.Network.Weights, options.Scale);
        ConePosition multiple = cone.Locate(network.Network.Weights, execution.Threads, execution.Cancellation);
        bool isInCone = multiple.IsInside(parameters.C0);

        ChosenInputs chosen = ChosenInputs.Of(model, task.Test, options.Count, PerturbationSearch.Stage(execution, "classifying"));
        CheckedPerturbations tried = Certify(parameters, center, chosen, execution);
        return new()
        {
            Parameters = parameters,
            DatasetFingerprint = task.DatasetFingerprint,
            Training = model.Training,
            Deviation = model.Deviation(execution.Threads),
            CleanAccuracy = chosen.CleanAccuracy,
            Options = options,
            Trained = trained,
            Multiple = ConeFacts.Of(multiple),
            IsInCone = isInCone,
            Examined = chosen.Examined,
            Inputs = tried.Rows,
            Sizes = tried.Sizes,
            Violations = isInCone ? tried.Violations : [],
            TrainSeconds = trainSeconds,
            CheckSeconds = tried.Seconds,
        };
    }

    /// <summary>Certifies against the ball around W0, and tries what is certified on the multiple.</summary>
    private static CheckedPerturbations Certify(
        ExperimentParameters parameters, TwoLayerNetwork center, ChosenInputs chosen, ExperimentExecution execution)
    {
        LabelledInputs inputs = chosen.Inputs.Inputs;
        AttackExecution classifying = PerturbationSearch.Stage(execution, "classifying");
        using var ball = new NetworkBall(center, new LazyBall(center.Weights, parameters.Radius));
        var search = new PerturbationSearch(new CertificationOptions().LongestRelativeNorm, inputs, ball, execution);
        FoundPerturbations[] found = [new AttackSearch(parameters, chosen.Inputs, execution).OneStep(), search.BallWide(out _), search.Universal()];

        // Theory speaks of gradients of networks as they are drawn, not of multiples.
        return CheckedPerturbations.Of(
            chosen,
            CertificateCheck.Margins(chosen.Inputs, classifying),
            CertificateCheck.Margins(center, inputs, classifying),
            found,
            theory: null,
            PerturbationSearch.Stage(execution, "checking"));
    }

    private static void Multiply(PackedWeights weights, double scale)
    {
        float[] row = new float[weights.Columns];
        for (int s = 0; s < weights.Rows; s++)
        {
            weights.CopyRowTo(s, row);
            for (int k = 0; k < row.Length; k++)
            {
                row[k] = (float)(scale * row[k]);
            }

            weights.SetRow(s, row);
        }
    }
}
