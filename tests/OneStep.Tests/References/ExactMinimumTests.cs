namespace OneStep.Tests.References;

/// <summary>The branch and bound against distances that can be read off.</summary>
public class ExactMinimumTests
{
    // relu(x₁) − relu(x₂), which is positive where x₁ is the larger one.
    private static readonly NaiveNetwork Difference = new([[1, 0], [0, 1]], [1, -1]);

    [Fact]
    public void The_distance_to_a_line_is_exact()
    {
        ExactMinimum exact = ExactMinimum.Of(Difference, [1, 0.5]);
        double expected = 0.5 / Math.Sqrt(2);
        Assert.True(exact.IsFinished);
        Assert.InRange(exact.Flip, expected, expected * (1 + 1e-5));
        Assert.InRange(exact.Lower, expected * (1 - 1e-5), expected);
    }

    [Fact]
    public void A_function_of_one_sign_has_no_flip()
    {
        var positive = new NaiveNetwork([[1, 0], [0, 1], [-1, -1]], [1, 1, 1]);
        Assert.Equal(double.PositiveInfinity, ExactMinimum.Of(positive, [1, 0.5]).Flip);
    }

    [Fact]
    public void A_search_that_gives_up_claims_nothing_but_what_it_found()
    {
        NaiveNetwork network = NaiveNetwork.Random(16, 3, seed: 4);
        double[] input = new RandomInputs(1).Unit(3);
        ExactMinimum whole = ExactMinimum.Of(network, input);
        ExactMinimum begun = ExactMinimum.Within(1, network, input, network.StepDirection(input));
        Assert.True(whole.IsFinished);
        Assert.False(begun.IsFinished);
        Assert.Equal(0, begun.Lower);
        Assert.InRange(begun.Flip, whole.Lower, double.PositiveInfinity);
    }
}
