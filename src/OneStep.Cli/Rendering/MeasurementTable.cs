using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Statistics;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What was measured over the flipped images beside what theory predicts.</summary>
internal static class MeasurementTable
{
    // Below these widths the columns that say least are left out rather than wrapped.
    private const int WidthForExtremes = 76;
    private const int WidthForSpread = 56;

    private sealed record Column(string Title, Func<Summary, double?> Value);

    private sealed record Row(string Title, Summary Measured, Summary? Predicted);

    /// <summary>Makes the table.</summary>
    public static Table Of(ExperimentResult result, TerminalTraits traits)
    {
        Table table = NumberTable.Of(string.Empty, ["mean"]);
        if (result.Prediction is not null)
        {
            table.AddColumn(NumberTable.Numbers("theory", new Style(Color.Aqua)));
        }

        Column[] columns = ColumnsFor(traits.Width);
        foreach (Column column in columns)
        {
            table.AddColumn(NumberTable.Numbers(column.Title));
        }

        foreach (Row row in Rows(result))
        {
            List<Text> cells = [new(row.Title), new(NumberText.Significant(row.Measured.Mean), new Style(decoration: Decoration.Bold))];
            if (result.Prediction is not null)
            {
                cells.Add(new(NumberText.Significant(row.Predicted?.Mean), new Style(Color.Aqua)));
            }

            cells.AddRange(columns.Select(c => new Text(NumberText.Significant(c.Value(row.Measured)))));
            table.AddRow(cells);
        }

        return table;
    }

    private static Column[] ColumnsFor(int width)
    {
        Column[] spread = [new("median", s => s.Median), new("std", s => s.Std)];
        Column[] extremes = [new("min", s => s.Min), new("max", s => s.Max)];
        return width >= WidthForExtremes ? [.. spread, .. extremes] : width >= WidthForSpread ? spread : [];
    }

    private static IEnumerable<Row> Rows(ExperimentResult result)
    {
        PredictionSummary? theory = result.Prediction;

        // For inputs of unit norm the first two rows would be the same.
        if (!result.Parameters.Normalize)
        {
            yield return new("perturbation ‖δ‖", result.PerturbationNorm, theory?.PerturbationNorm);
        }

        yield return new("size ‖δ‖/‖x‖", result.RelativePerturbationNorm, result.Parameters.Normalize ? theory?.PerturbationNorm : null);
        yield return new("gradient ‖∇f(x)‖", result.GradientNorm, theory?.GradientNorm);
        if (result.Parameters.Method.IsOneStep)
        {
            yield return new("step size η", result.StepSize, theory?.StepSize);
        }
        else if (result.Method is { Norm: not NormKind.L2 } method)
        {
            yield return new($"size {NormText.Symbol(method.Norm)}", method.Size, null);
        }

        if (result.Method?.Path is { } path)
        {
            yield return new("path length", path.Length, null);
            yield return new("steps of the path", path.Steps, null);
        }

        yield return new("margin y f(x)", result.Margin, null);
    }
}
