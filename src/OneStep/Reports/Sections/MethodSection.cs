using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Reports.Sections;

/// <summary>What was asked for, what training did, how long it took and how to run it again.</summary>
internal static class MethodSection
{
    /// <summary>The section.</summary>
    public static Html Of(ExperimentResult result, ReportProvenance provenance) => Html.Of($"""
        <section id="method" aria-labelledby="method-title">
          <h2 id="method-title">How this was made</h2>
          {FactList.Command(provenance.Command)}
          <div class="columns">
            {FactList.Of("Parameters", Parameters(result.Parameters, result.DatasetFingerprint))}
            {FactList.Of("Training", Training(result.Parameters, result.Training, result.Deviation, result.Examples.Total == 0 ? null : result.CleanAccuracy))}
            {FactList.Of("Run", Run(result, provenance))}
          </div>
        </section>
        """);

    /// <summary>What was asked for.</summary>
    /// <param name="parameters">The experiment.</param>
    /// <param name="fingerprint">Names the data.</param>
    /// <param name="images">Which images were taken; null for those that <see cref="ExperimentParameters.Limit"/> says.</param>
    public static IEnumerable<(string Name, string Value)> Parameters(
        ExperimentParameters parameters, string fingerprint, (string Name, string Value)? images = null)
    {
        yield return (parameters.Digits.IsBinary ? "classes, y = −1 against +1" : "classes", parameters.Digits.ToString());
        yield return ("image side, dimension d", $"{parameters.Side}, {NumberText.Count(parameters.Dimension)}");
        yield return ("antialiased resizing", YesNo(parameters.Antialias));
        yield return ("inputs scaled to ‖x‖ = 1", YesNo(parameters.Normalize));
        foreach ((string Name, string Value) fact in Network(parameters))
        {
            yield return fact;
        }

        yield return ("biases", YesNo(parameters.Bias));
        yield return ("training images", parameters.TrainLimit is { } trained ? $"the first {NumberText.Count(trained)}" : parameters.Digits.IsBinary ? "all of the two classes" : "all of the classes");
        yield return ("seed", NumberText.Exact(parameters.Seed));
        yield return images ?? ("images attacked", parameters.Limit is { } limit ? $"the first {NumberText.Count(limit)}" : "all test images");
        if (!parameters.Method.IsOneStep)
        {
            yield return ("attack", parameters.Method.Name);
        }

        yield return ("data, SHA-256", fingerprint);
    }

    private static IEnumerable<(string Name, string Value)> Network(ExperimentParameters parameters)
    {
        if (parameters.IsDeep)
        {
            yield return ("hidden layers", parameters.Hidden.ToString());
            yield break;
        }

        yield return ("width m", NumberText.Count(parameters.Width));
        yield return ("C₀", NumberText.Exact(parameters.C0));
        yield return ("ball radius V = C₀/√m", NumberText.Significant(parameters.Radius, 4));
        yield return ("initialisation", parameters.Initialization.ToString().ToLowerInvariant());
    }

    /// <summary>What training did.</summary>
    public static IEnumerable<(string Name, string Value)> Training(
        ExperimentParameters parameters, TrainingSummary? summary, double? deviation, double? cleanAccuracy)
    {
        if (summary is { } training)
        {
            TrainingOptions options = parameters.Training;
            yield return ("learning rate", NumberText.Exact(options.LearningRate));
            yield return ("batch", NumberText.Count(options.Batch));
            if (!parameters.IsDeep)
            {
                yield return ("ball", options.Ball.ToString().ToLowerInvariant());
            }

            foreach ((string Name, string Value) fact in Adversarial(parameters.Adversarial))
            {
                yield return fact;
            }

            yield return ("most epochs", NumberText.Count(options.Epochs));
            yield return ("steps taken", NumberText.Count(training.Steps));
            yield return ("epochs taken", NumberText.Significant(training.Epochs));
            if (!parameters.IsDeep)
            {
                yield return ("reached the ball's boundary", YesNo(training.ReachedBall));
                yield return ("measured C₀", NumberText.Significant(training.C0Measured, 4));
            }

            yield return ("training loss", NumberText.Significant(training.TrainLoss, 4));
            yield return ("training accuracy", NumberText.Percent(training.TrainAccuracy));
        }
        else
        {
            yield return ("training in this run", "none");
        }

        yield return ("largest deviation", NumberText.Significant(deviation, 4));
        yield return ("accuracy on the attacked images", NumberText.Percent(cleanAccuracy));
    }

    private static IEnumerable<(string Name, string Value)> Adversarial(AdversarialOptions adversarial)
    {
        if (!adversarial.IsOn)
        {
            yield break;
        }

        yield return ("trained against attacks within ε", NumberText.Exact(adversarial.Budget));
        yield return ("inner attack", adversarial.InnerAttack == InnerAttack.OneStep ? "the exact single step" : $"{NumberText.Count(adversarial.Steps)} projected gradient steps");
        if (adversarial.InnerAttack == InnerAttack.Pgd)
        {
            yield return ("length of a step, relative to ε", NumberText.Significant(adversarial.StepSize ?? ProjectedGradientAttack.DefaultStepSize(adversarial.Steps)));
            yield return ("steps start", adversarial.RandomStart ? "at random within ε" : "at the image");
        }

        yield return ("copies clipped, rescaled", $"{YesNo(adversarial.Clip)}, {YesNo(adversarial.Rescale)}");
        if (adversarial.Patience is { } patience)
        {
            yield return ("epochs without a better accuracy allowed", NumberText.Count(patience));
        }

        yield return ("copies made anew", adversarial.Refresh == AdversarialRefresh.Epoch ? "every epoch" : "every minibatch");
    }

    private static IEnumerable<(string Name, string Value)> Run(ExperimentResult result, ReportProvenance provenance)
    {
        yield return ("OneStep", provenance.Version);
        yield return ("training took", NumberText.Seconds(result.Seconds.Train));
        yield return ("the attack took", NumberText.Seconds(result.Seconds.Attack));
        yield return ("verification took", NumberText.Seconds(result.Seconds.Verify));
        if (result.Seconds.Strong is { } strong)
        {
            yield return ("stronger attacks took", NumberText.Seconds(strong));
        }

        if (result.Seconds.Robust is { } robust)
        {
            yield return ("attacks within budgets took", NumberText.Seconds(robust));
        }

        if (result.Seconds.OutputMoves is { } moves)
        {
            yield return ("moving outputs took", NumberText.Seconds(moves));
        }

        foreach ((string Name, string Value) fact in Host(provenance))
        {
            yield return fact;
        }
    }

    /// <summary>What computed it, as far as it is known.</summary>
    public static IEnumerable<(string Name, string Value)> Host(ReportProvenance provenance)
    {
        (string Name, string? Value)[] host =
        [
            ("threads", provenance.Threads is { } threads ? NumberText.Count(threads) : null),
            ("instructions", provenance.InstructionSet),
            ("processor", provenance.Processor),
            ("operating system", provenance.OperatingSystem),
        ];
        foreach ((string name, string? value) in host)
        {
            if (value is not null)
            {
                yield return (name, value);
            }
        }
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
