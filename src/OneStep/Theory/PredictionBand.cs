namespace OneStep.Theory;

/// <summary>A prediction over the random margin of inputs; null where it predicts nothing.</summary>
/// <param name="Mean">The mean over all inputs; null unless the prediction exists for all of them.</param>
/// <param name="Low">What 5 % of the inputs stay below.</param>
/// <param name="Median">What half of the inputs stay below.</param>
/// <param name="High">What 95 % of the inputs stay below.</param>
/// <param name="Share">The part of the inputs for which the prediction exists.</param>
public sealed record PredictionBand(double? Mean, double? Low, double? Median, double? High, double Share);
