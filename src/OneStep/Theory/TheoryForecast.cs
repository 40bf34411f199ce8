namespace OneStep.Theory;

/// <summary>Everything that theory says of one size of network without looking at any (docs/mathematics.md §4–§6, §12).</summary>
/// <param name="Parameters">What was asked about.</param>
/// <param name="Margin">M = |f(x; W0)|.</param>
/// <param name="GradientNorm">‖∇f(x; W0)‖, of the mean over networks at each margin: single ones scatter by 1/√(2(d − 1)) of it.</param>
/// <param name="StepSize">η of the initial network's own step.</param>
/// <param name="PerturbationNorm">‖δ‖ of that step.</param>
/// <param name="AlongGradient">‖δ‖ that flips the whole ball, along −y ∇f(x; W0).</param>
/// <param name="LargestC0AlongGradient">The C0 at which that ends, at the median margin.</param>
/// <param name="AlongOutputWeights">‖δ‖ that flips the whole ball, along −y W0ᵀa.</param>
/// <param name="LargestC0AlongOutputWeights">The C0 at which that ends, at the median margin.</param>
/// <param name="OwnStep">The length of the certified step that every network of the ball takes along its own gradient.</param>
/// <param name="Window">The widths of the theorem, with all constants 1.</param>
/// <param name="SmallestDimension">The smallest d whose window is not empty.</param>
public sealed record TheoryForecast(
    TheoryParameters Parameters,
    PredictionBand Margin,
    PredictionBand GradientNorm,
    PredictionBand StepSize,
    PredictionBand PerturbationNorm,
    PredictionBand AlongGradient,
    double LargestC0AlongGradient,
    PredictionBand AlongOutputWeights,
    double LargestC0AlongOutputWeights,
    PredictionBand OwnStep,
    TheoremWindow Window,
    int SmallestDimension)
{
    // This prediction costs much more than the others.
    private const int StrataOfOwnStep = 40;

    /// <summary>Computes the predictions.</summary>
    /// <param name="parameters">The size.</param>
    /// <exception cref="InvalidParameterException">A value is out of its range.</exception>
    public static TheoryForecast Of(TheoryParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Validate();
        int d = parameters.InputDimension;
        double c0 = parameters.C0;
        double median = RandomMargin.Quantile(0.5);
        return new(
            parameters,
            RandomMargin.BandOf(margin => margin),
            RandomMargin.BandOf(margin => MeanField.GradientNorm(d, margin)),
            RandomMargin.BandOf(margin => MeanField.Predict(d, margin).StepSize),
            RandomMargin.BandOf(margin => MeanField.Predict(d, margin).PerturbationNorm),
            RandomMargin.BandOf(margin => BallWidePrediction.AlongGradient(d, margin, c0)),
            BallWidePrediction.LargestC0AlongGradient(d, median),
            RandomMargin.BandOf(margin => BallWidePrediction.AlongOutputWeights(d, margin, c0)),
            BallWidePrediction.LargestC0AlongOutputWeights(d, median),
            RandomMargin.BandOf(margin => StepCertificatePrediction.Length(d, parameters.Width, margin, c0), StrataOfOwnStep),
            TheoremWindow.Of(d, parameters.FailureProbability),
            TheoremWindow.SmallestDimension(parameters.FailureProbability));
    }
}
