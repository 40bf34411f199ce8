using OneStep.Numerics.Elementary;

namespace OneStep.TangentKernel;

/// <summary>
/// What theorem 2.2 of [JT19] asks for before it promises that gradient descent on the first layer, from standard
/// initialisation, brings the mean logistic loss of n unit inputs of margin γ below ε (docs/mathematics.md §18). It is sufficient, not
/// necessary: SGD needs far less, which is what there is to see.
/// </summary>
public sealed record TangentRegimeWidth
{
    private TangentRegimeWidth(double margin, double radius, double width, double steps) =>
        (Margin, Radius, Width, Steps) = (margin, radius, width, steps);

    /// <summary>γ.</summary>
    public double Margin { get; }

    /// <summary>λ = (√(2 ln(4n/δ)) + ln(4/ε))/(γ/4): how far all weights together move, ‖W_t − W_0‖_F, up to constants.</summary>
    public double Radius { get; }

    /// <summary>M = 4096 λ²/γ⁶, the width from which on the theorem holds; not rounded to an integer.</summary>
    public double Width { get; }

    /// <summary>T = ⌈2λ²/(η ε)⌉ steps of gradient descent; over them the mean loss is at most ε.</summary>
    public double Steps { get; }

    /// <summary>4λ/γ, the deviation times √m: the C0 of the lazy ball that holds gradient descent all the way.</summary>
    public double C0 => 4 * Radius / Margin;

    /// <summary>Evaluates the theorem.</summary>
    /// <param name="margin">γ, from above 0 to 1; a lower bound is safe.</param>
    /// <param name="examples">n, at least 1.</param>
    /// <param name="risk">ε, the mean logistic loss wanted, between 0 and 1.</param>
    /// <param name="failure">δ, from above 0 to below 1/3: the theorem holds with probability 1 − 3δ.</param>
    /// <param name="learningRate">η, from above 0 to 1.</param>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public static TangentRegimeWidth Of(double margin, int examples, double risk, double failure = 0.01, double learningRate = 1)
    {
        InvalidParameterException.Require(margin is > 0 and <= 1, "margin", margin, "a number above 0 up to 1");
        InvalidParameterException.Require(examples >= 1, "examples", examples, "an integer from 1 on");
        InvalidParameterException.Require(risk is > 0 and < 1, "risk", risk, "a number between 0 and 1");
        InvalidParameterException.Require(failure is > 0 and < 1.0 / 3, "failure", failure, "a number between 0 and 1/3");
        InvalidParameterException.Require(learningRate is > 0 and <= 1, "learning-rate", learningRate, "a number above 0 up to 1");
        double outputs = Math.Sqrt(2 * ElementaryFunctions.Log(4.0 * examples / failure));
        double radius = (outputs + ElementaryFunctions.Log(4 / risk)) / (margin / 4);
        double cubed = margin * margin * margin;
        return new(
            margin,
            radius,
            width: 4096 * radius * radius / (cubed * cubed),
            steps: Math.Ceiling(2 * radius * radius / (learningRate * risk)));
    }

    /// <summary>4λ/(γ√m), the largest distance of a row from its initial value that the theorem allows at width m.</summary>
    public double DeviationAt(double width)
    {
        InvalidParameterException.Require(double.IsFinite(width) && width >= 1, "width", width, "a finite number from 1 on");
        return C0 / Math.Sqrt(width);
    }
}
