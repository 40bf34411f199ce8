using OneStep.Theory;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What a person sees of a forecast.</summary>
/// <param name="forecast">What theory says.</param>
/// <param name="traits">What the terminal can show.</param>
internal sealed class TheoryView(TheoryForecast forecast, TerminalTraits traits)
{
    // Below this width the mean is left out rather than wrapped.
    private const int WidthForMean = 72;

    /// <summary>The text, with escape sequences where the terminal knows them.</summary>
    public string Render()
    {
        TheoryParameters size = forecast.Parameters;
        using var writer = new StringWriter { NewLine = "\n" };
        var page = new TextPage(writer, traits);
        page.Sentence(
            $"What theory says of d = {size.InputDimension}, m = {size.Width}, C0 = {size.C0}, V = C0/√m = {NumberText.Significant(size.Radius)}",
            new Style(decoration: Decoration.Bold));
        page.Line();
        page.Write(Table());
        page.Sentence("Predictions for random initial weights and inputs with ‖x‖ = 1, over the random margin |Z|/√2, Z a standard normal: 90 % of the inputs lie between the columns 5 % and 95 %. Trained networks are flipped by other lengths; the ball's certificates hold for those inside it.");
        page.Line();
        page.Sentence(Expectation("One perturbation for the whole ball, along -y ∇f(x; W0)", forecast.AlongGradient, $"; such certificates end near C0 = {NumberText.Significant(forecast.LargestC0AlongGradient)}"));
        page.Sentence(Expectation("One perturbation for the whole ball, along -y W0ᵀa, the same direction for all inputs", forecast.AlongOutputWeights, $"; such certificates end near C0 = {NumberText.Significant(forecast.LargestC0AlongOutputWeights)}"));
        page.Sentence(Expectation("Every network of the ball by its own step, as in the theorem", forecast.OwnStep, string.Empty));
        page.Line();
        page.Sentence(Window());
        page.Sentence(Remark());
        return page.Text;
    }

    private Table Table()
    {
        bool showsMean = traits.Width >= WidthForMean;
        Table table = NumberTable.Of(string.Empty, [.. showsMean ? (string[])["mean"] : [], "5 %", "median", "95 %"]);
        foreach ((string name, PredictionBand band) in (IEnumerable<(string, PredictionBand)>)
        [
            ("margin |f(x)|", forecast.Margin),
            ("gradient ‖∇f(x)‖", forecast.GradientNorm),
            ("step size η", forecast.StepSize),
            ("size ‖δ‖ of one step", forecast.PerturbationNorm),
            ("‖δ‖ for the ball, -y ∇f", forecast.AlongGradient),
            ("‖δ‖ for the ball, -y W0ᵀa", forecast.AlongOutputWeights),
            ("length of own steps", forecast.OwnStep),
        ])
        {
            double?[] numbers = [.. showsMean ? (double?[])[band.Mean] : [], band.Low, band.Median, band.High];
            table.AddRow([new Text(name), .. numbers.Select(number => new Text(NumberText.Significant(number)))]);
        }

        return table;
    }

    private static string Expectation(string what, PredictionBand band, string limit) => band.Share switch
    {
        1 => $"{what}: certificates can be expected{limit}.",
        0 => $"{what}: no certificate can be expected{limit}.",
        _ => $"{what}: certificates can be expected for {NumberText.Percent(band.Share)} of the inputs, those of small margin{limit}.",
    };

    private string Window()
    {
        TheoremWindow window = forecast.Window;
        string ends = $"from max(d^2.4, log 1/γ) = {NumberText.Significant(window.SmallestWidth)} to exp(d^0.24) = {NumberText.Significant(window.LargestWidth)}";
        string judgement = window.IsEmpty ? "which is empty"
            : window.Contains(forecast.Parameters.Width) ? "which holds this width"
            : "which does not hold this width";
        return $"The theorem's window of widths with all its constants 1, γ = {window.FailureProbability}: {ends}, {judgement}.";
    }

    private string Remark() =>
        $"Those constants are not published; with 1 for all of them the window is empty for every d from 2 to {forecast.SmallestDimension - 1}, so the theorem is a statement about large d, and at a finite size only certificates prove anything.";
}
