using System.Text.Json;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>Results at infinite width as JSON documents, with the names of <see cref="ExperimentJson"/> where it has them.</summary>
internal static class InfiniteWidthJson
{
    /// <summary>The document of a predictor.</summary>
    public static string Format(KernelResult result) => ExperimentJson.Format(json =>
    {
        json.WriteStartObject();
        WriteParameters(json, result.Parameters, result.DatasetFingerprint);
        WriteFit(json, result.Fit);
        AttackSummaryJson.Write(json, result.Attack);
        WriteRegime(json, result.Regime);
        WriteSeconds(json, ("fit", result.FitSeconds), ("attack", result.AttackSeconds), ("verify", result.VerifySeconds), ("margin", result.Regime?.Seconds));
        json.WriteEndObject();
    });

    /// <summary>The document of a network beside its limit.</summary>
    public static string Format(KernelLimitResult result) => ExperimentJson.Format(json =>
    {
        json.WriteStartObject();
        WriteParameters(json, result.Parameters, result.DatasetFingerprint);
        ExperimentJson.WriteNumber(json, "deviation", result.Training.Deviation);
        ExperimentJson.WriteNumber(json, "c0Measured", result.Training.C0Measured);
        json.WriteNumber("steps", result.Training.Steps);
        LimitDifferences difference = result.Difference;
        ExperimentJson.WriteNumber(json, "scoreDifference", difference.Score);
        ExperimentJson.WriteNumber(json, "gradientDifference", difference.Gradient);
        ExperimentJson.WriteNumber(json, "relativeDifference", difference.MeanPerturbation);
        ExperimentJson.WriteSummary(json, "perturbationRatio", difference.PerturbationRatio);
        ExperimentJson.WriteSummary(json, "gradientCosine", difference.GradientCosine);
        json.WriteStartObject("network");
        ExperimentJson.WriteNumber(json, "trainLoss", result.Training.TrainLoss);
        ExperimentJson.WriteNumber(json, "trainAccuracy", result.Training.TrainAccuracy);
        AttackSummaryJson.Write(json, result.Network);
        json.WriteEndObject();
        json.WriteStartObject("kernel");
        ExperimentJson.WriteNumber(json, "trainLoss", result.Fit.TrainLoss);
        ExperimentJson.WriteNumber(json, "trainAccuracy", result.Fit.TrainAccuracy);
        AttackSummaryJson.Write(json, result.Kernel);
        json.WriteEndObject();
        WriteRegime(json, result.Regime);
        WriteSeconds(json, ("train", result.TrainSeconds), ("fit", result.FitSeconds), ("attack", result.AttackSeconds), ("margin", result.Regime?.Seconds));
        json.WriteEndObject();
    });

    private static void WriteParameters(Utf8JsonWriter json, KernelParameters parameters, string fingerprint)
    {
        json.WriteStartObject("parameters");
        json.WriteString("digits", parameters.Digits.ToString());
        json.WriteNumber("d", parameters.Side * parameters.Side);
        json.WriteNumber("side", parameters.Side);
        json.WriteNumber("trainLimit", parameters.TrainLimit);
        json.WriteString("predictor", MetadataEntries.NameOf(parameters.Predictor));
        ExperimentJson.WriteNumber(json, "regularization", parameters.Regularization);
        json.WriteNumber("hiddenLayers", parameters.HiddenLayers);
        json.WriteString("layers", MetadataEntries.NameOf(parameters.Layers));
        ExperimentJson.WriteNumber(json, "learningRate", parameters.Training.LearningRate);
        json.WriteNumber("batch", parameters.Training.Batch);
        json.WriteNumber("epochs", parameters.Training.Epochs);
        ExperimentJson.WriteNumber(json, "limit", parameters.Limit);
        json.WriteNumber("marginSamples", parameters.MarginSamples);
        ExperimentJson.WriteNumber(json, "risk", parameters.Risk);
        WriteEnd(json, parameters.Seed, fingerprint);
    }

    private static void WriteParameters(Utf8JsonWriter json, KernelLimitParameters parameters, string fingerprint)
    {
        json.WriteStartObject("parameters");
        json.WriteString("digits", parameters.Digits.ToString());
        json.WriteNumber("d", parameters.Side * parameters.Side);
        json.WriteNumber("side", parameters.Side);
        json.WriteNumber("trainLimit", parameters.TrainLimit);
        json.WriteNumber("m", parameters.Width);
        json.WriteString("initialization", MetadataEntries.NameOf(parameters.Initialization));
        ExperimentJson.WriteNumber(json, "learningRate", parameters.Training.LearningRate);
        json.WriteNumber("batch", parameters.Training.Batch);
        json.WriteNumber("epochs", parameters.Training.Epochs);
        ExperimentJson.WriteNumber(json, "limit", parameters.Limit);
        json.WriteNumber("marginSamples", parameters.MarginSamples);
        WriteEnd(json, parameters.Seed, fingerprint);
    }

    private static void WriteEnd(Utf8JsonWriter json, ulong seed, string fingerprint)
    {
        json.WriteNumber("seed", seed);
        json.WriteString("datasetFingerprint", fingerprint);
        json.WriteEndObject();
    }

    private static void WriteFit(Utf8JsonWriter json, KernelFitSummary fit)
    {
        json.WriteStartObject("fit");
        json.WriteNumber("steps", fit.Steps);
        ExperimentJson.WriteNumber(json, "residual", fit.Residual);
        ExperimentJson.WriteNumber(json, "trainLoss", fit.TrainLoss);
        ExperimentJson.WriteNumber(json, "trainAccuracy", fit.TrainAccuracy);
        json.WriteEndObject();
    }

    private static void WriteRegime(Utf8JsonWriter json, TangentRegime? regime)
    {
        // Absent, not null: nobody asked for it.
        if (regime is null)
        {
            return;
        }

        json.WriteStartObject("separationMargin");
        ExperimentJson.WriteNumber(json, "lower", regime.Margin.Lower);
        ExperimentJson.WriteNumber(json, "upper", regime.Margin.Upper);
        json.WriteNumber("samples", regime.Samples);
        json.WriteEndObject();
        json.WriteStartObject("tangentRegime");
        ExperimentJson.WriteNumber(json, "risk", regime.Risk);
        ExperimentJson.WriteNumber(json, "width", regime.Asked?.Width);
        ExperimentJson.WriteNumber(json, "c0", regime.Asked?.C0);
        ExperimentJson.WriteNumber(json, "steps", regime.Asked?.Steps);
        json.WriteEndObject();
    }

    private static void WriteSeconds(Utf8JsonWriter json, params ReadOnlySpan<(string Name, double? Value)> seconds)
    {
        json.WriteStartObject("seconds");
        foreach ((string name, double? value) in seconds)
        {
            if (value is not null)
            {
                ExperimentJson.WriteNumber(json, name, value);
            }
        }

        json.WriteEndObject();
    }
}
