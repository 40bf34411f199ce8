using OneStep.Numerics.Rays;

namespace OneStep.Tests.Numerics.Rays;

public class SignChangeBracketTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Functions => ["line", "cubic", "cliff", "flat", "touching"];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Both_ends_close_in_on_the_sign_change(string name)
    {
        (Func<double, double> function, double root) = Named(name);
        var bracket = new SignChangeBracket(0, function(0), 2, function(2));
        int steps = 0;
        for (; bracket.IsWiderThan(Tolerance); steps++)
        {
            double time = bracket.Next(Tolerance);
            Assert.InRange(time, Math.BitIncrement(bracket.From), Math.BitDecrement(bracket.To));
            bracket.Narrow(time, function(time));
            Assert.True(function(bracket.From) >= 0 && function(bracket.To) < 0);
        }

        Assert.InRange(root, bracket.From, bracket.To);
        Assert.InRange(bracket.To - bracket.From, 0, Tolerance * bracket.To);
        Assert.InRange(steps, 1, 40);
    }

    [Fact]
    public void Of_a_line_the_secant_is_the_root()
    {
        var bracket = new SignChangeBracket(0, 1, 2, -1);
        Assert.Equal(1, bracket.Next(Tolerance));
    }

    private static (Func<double, double> Function, double Root) Named(string name) => name switch
    {
        "line" => (t => 1 - t, 1),
        "cubic" => (t => 0.001 - (t * t * t), 0.1),
        "cliff" => (t => t < 1.7 ? 1e-9 : -1, 1.7),
        "flat" => (t => t < 0.3 ? 1 : -1e-9, 0.3),

        // Zero at the start counts as above, and so does what is not above zero.
        _ => (t => t <= 0.5 ? 0 : 0.5 - t, 0.5),
    };
}
