using System.Text.Json;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Statistics;
using OneStep.Tests.Cli;

namespace OneStep.Tests.Experiments;

public class ExperimentJsonTests
{
    [Fact]
    public void Names_and_values_are_the_contract() => Assert.Equal(
        """
        {
          "parameters": {
            "digits": "0+2,1+3",
            "d": 16,
            "side": 4,
            "m": 10000,
            "c0": 10,
            "radius": 0.1,
            "seed": 18446744073709551615,
            "initialization": "standard",
            "bias": false,
            "normalize": true,
            "antialias": false,
            "untrained": false,
            "training": {
              "learningRate": 1,
              "batch": 64,
              "ball": "stop",
              "epochs": 20,
              "evaluationInterval": 10
            },
            "trainLimit": null,
            "adversarial": {
              "budget": 0,
              "innerAttack": "pgd",
              "innerSteps": 10,
              "innerStepSize": null,
              "innerRandomStart": false,
              "clip": false,
              "rescale": false,
              "refresh": "minibatch",
              "patience": null
            },
            "robustBudgets": [],
            "robustSteps": 20,
            "robustClip": false,
            "strong": true,
            "limit": null,
            "datasetFingerprint": "f1e2d3c4"
          },
          "training": {
            "steps": 81,
            "epochs": 0.41,
            "deviation": 0.1,
            "c0Measured": 10,
            "reachedBall": true,
            "trainLoss": 0.1875,
            "trainAccuracy": 0.99875,
            "trace": [
              {
                "step": 0,
                "epoch": 0,
                "loss": 0.75,
                "accuracy": 0.5,
                "deviation": 0
              },
              {
                "step": 81,
                "epoch": 0.41,
                "loss": 0.1875,
                "accuracy": 0.98,
                "deviation": 0.1
              }
            ]
          },
          "deviation": 0.1,
          "cleanAccuracy": 0.5,
          "examples": {
            "total": 7,
            "misclassified": 1,
            "flipped": 5,
            "notFlipped": 1,
            "noLabel": 0,
            "noDirection": 0
          },
          "perturbationNorm": {
            "mean": 2,
            "median": 2,
            "std": 1,
            "min": 1,
            "max": 3
          },
          "relativePerturbationNorm": {
            "mean": 2,
            "median": 2,
            "std": null,
            "min": 2,
            "max": 2
          },
          "gradientNorm": {
            "mean": null,
            "median": null,
            "std": null,
            "min": null,
            "max": null
          },
          "stepSize": {
            "mean": null,
            "median": null,
            "std": null,
            "min": null,
            "max": null
          },
          "margin": {
            "mean": null,
            "median": null,
            "std": null,
            "min": null,
            "max": null
          },
          "verified": 5,
          "prediction": null,
          "oneStepOverBest": {
            "median": 1.0625,
            "max": 1.3125
          },
          "bestPerturbationNorm": {
            "mean": 1,
            "median": 1,
            "std": null,
            "min": 1,
            "max": 1
          },
          "attacks": [
            "SequentialLinearization(restarts: 3)"
          ],
          "seconds": {
            "train": 3.25,
            "attack": 1.5,
            "verify": 0.75,
            "strong": 12.5
          }
        }
        """.ReplaceLineEndings("\n"),
        ExperimentJson.Format(Contract()));

    [Fact]
    public void What_was_not_done_is_null_or_absent()
    {
        ExperimentResult result = SyntheticExperiment.Run(new ExperimentParameters { Untrained = true }).Result;

        using var document = JsonDocument.Parse(ExperimentJson.Format(result));

        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("training").ValueKind);
        Assert.Equal(JsonValueKind.Object, document.RootElement.GetProperty("prediction").ValueKind);
        Assert.False(document.RootElement.TryGetProperty("oneStepOverBest", out _));
        Assert.False(document.RootElement.GetProperty("seconds").TryGetProperty("strong", out _));
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_null()
    {
        ExperimentResult result = SyntheticExperiment.Run().Result with { Deviation = double.NaN, CleanAccuracy = double.PositiveInfinity };

        using var document = JsonDocument.Parse(ExperimentJson.Format(result));

        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("deviation").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("cleanAccuracy").ValueKind);
    }

    private static ExperimentResult Contract()
    {
        var parameters = new ExperimentParameters { Digits = new ClassSplit([0, 2], [1, 3]), Side = 4, Seed = ulong.MaxValue, Strong = true };
        return SyntheticExperiment.Run(parameters).Result with
        {
            CleanAccuracy = 0.5,
            PerturbationNorm = Summary.Of([1, 2, 3]),
            RelativePerturbationNorm = Summary.Of([2]),
            GradientNorm = Summary.Of([]),
            StepSize = Summary.Of([]),
            Margin = Summary.Of([]),
            Prediction = null,
            Strong = new StrongSummary(new RatioSummary(1.0625, 1.3125), ["SequentialLinearization(restarts: 3)"], Summary.Of([1])),
        };
    }
}
