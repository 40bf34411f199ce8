using System.Text.Json;
using OneStep.Claims;
using OneStep.Statistics;

namespace OneStep.Tests.Claims;

public class ClaimsJsonTests
{
    private static readonly Claim Slope = new()
    {
        Id = "perturbation-slope",
        Statement = "It shrinks.",
        ExpectedText = "‖δ‖ ∝ d^(−1/2)",
        Expected = -0.5,
        Measured = -0.4625,
        Interval = new(-0.4625, -0.5, -0.425, 0.95),
        IntervalKind = IntervalKind.SeedBootstrap,
        Verdict = Verdict.HoldsWithin,
        Rule = "By its slope.",
        Basis = "6 dimensions × 5 seeds.",
    };

    [Fact]
    public void Names_and_values_are_the_contract() => Assert.Equal(
        """
        {
          "claims": [
            {
              "id": "perturbation-slope",
              "group": "poster",
              "statement": "It shrinks.",
              "expected": -0.5,
              "expectedText": "‖δ‖ ∝ d^(−1/2)",
              "measured": -0.4625,
              "interval": [
                -0.5,
                -0.425
              ],
              "intervalKind": "seed-bootstrap",
              "verdict": "holds-within",
              "rule": "By its slope.",
              "basis": "6 dimensions × 5 seeds."
            }
          ]
        }
        """.ReplaceLineEndings("\n"),
        ClaimsJson.Format([Slope]).ReplaceLineEndings("\n"));

    [Fact]
    public void What_was_not_measured_is_null()
    {
        using JsonDocument json = JsonDocument.Parse(ClaimsJson.Format([Slope with { Measured = null, Interval = null, IntervalKind = null, Verdict = Verdict.NotMeasured }]));
        JsonElement claim = json.RootElement.GetProperty("claims")[0];
        Assert.Equal(JsonValueKind.Null, claim.GetProperty("measured").ValueKind);
        Assert.Equal(JsonValueKind.Null, claim.GetProperty("interval").ValueKind);
        Assert.Equal(JsonValueKind.Null, claim.GetProperty("intervalKind").ValueKind);
        Assert.Equal("not-measured", claim.GetProperty("verdict").GetString());
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_null()
    {
        using JsonDocument json = JsonDocument.Parse(ClaimsJson.Format([Slope with { Measured = double.NaN, Interval = new(0, double.NegativeInfinity, 1, 0.95) }]));
        JsonElement claim = json.RootElement.GetProperty("claims")[0];
        Assert.Equal(JsonValueKind.Null, claim.GetProperty("measured").ValueKind);
        Assert.Equal(JsonValueKind.Null, claim.GetProperty("interval").ValueKind);
    }

    [Theory]
    [InlineData(Verdict.Holds, "holds")]
    [InlineData(Verdict.HoldsWithin, "holds-within")]
    [InlineData(Verdict.Fails, "fails")]
    [InlineData(Verdict.NotMeasured, "not-measured")]
    public void Verdicts_have_names(Verdict verdict, string name) => Assert.Equal(name, verdict.Name());
}
