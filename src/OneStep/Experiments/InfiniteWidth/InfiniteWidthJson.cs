using System.Text.Json;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>Results at infinite width as members of a JSON object, with the names of <see cref="ExperimentJson"/> where it has them.</summary>
internal static class InfiniteWidthJson
{
    /// <summary>The numbers of a predictor.</summary>
    public static void Write(Utf8JsonWriter json, KernelResult result)
    {
        WriteFit(json, result.Fit);
        AttackSummaryJson.Write(json, result.Attack);
        WriteRegime(json, result.Regime);
        WriteSeconds(json, ("fit", result.FitSeconds), ("attack", result.AttackSeconds), ("verify", result.VerifySeconds), ("margin", result.Regime?.Seconds));
    }

    /// <summary>The numbers of a network beside its limit.</summary>
    public static void Write(Utf8JsonWriter json, KernelLimitResult result)
    {
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
