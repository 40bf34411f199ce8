using OneStep.Studies;

namespace OneStep.Reports.Sections;

/// <summary>The head of a study's page: what was studied, how much of it there is, and what is missing.</summary>
internal static class StudyHeadSection
{
    private const int MissingShown = 5;

    /// <summary>The head.</summary>
    public static Html Of(StudyResults results)
    {
        StudyDefinition definition = results.Plan.Definition;
        return Html.Of($"""
            <header>
              <p class="kicker">OneStep · study report · {definition.Name}</p>
              <h1>{definition.Title}</h1>
              {(definition.Description is null ? Html.Empty : Html.Of($"<p class=\"lede\">{definition.Description}</p>"))}
              {Missing(results)}
              <dl class="tiles">
                {Tile(definition.Kind.IsAttack ? "networks" : "cells", $"{NumberText.Count(results.Cells.Count)} of {NumberText.Count(results.Plan.Cells.Count)}", "cells of the study that are finished")}
                {Tile("seeds", NumberText.Count(definition.Seeds.Count), "for every combination")}
                {Attacked(results)}
              </dl>
            </header>
            """);
    }

    private static Html Attacked(StudyResults results) => !results.Plan.Definition.Kind.IsAttack ? Html.Empty : Html.Of($"""
        {Tile("images", NumberText.Count(results.Cells.Sum(cell => cell.Result.Examples.Total)), "attacked, counting each network anew")}
        {Tile("flips", NumberText.Count(results.Cells.Sum(cell => cell.Result.Verified)), "confirmed in double precision")}
        """);

    private static Html Missing(StudyResults results)
    {
        if (results.Missing.Count == 0)
        {
            return Html.Empty;
        }

        string first = string.Join("; ", results.Missing.Take(MissingShown).Select(cell => cell.Label));
        string rest = results.Missing.Count > MissingShown ? $" and {NumberText.Count(results.Missing.Count - MissingShown)} more" : string.Empty;
        string damaged = results.Damaged.Count == 0 ? string.Empty
            : results.Damaged.Count == 1 ? " The file of one of them is damaged." : $" The files of {NumberText.Count(results.Damaged.Count)} of them are damaged.";
        string sentence = results.Missing.Count == 1 ? "One cell is missing or failed, and everything here is without it" : $"{NumberText.Count(results.Missing.Count)} cells are missing or failed, and everything here is without them";
        return Html.Of($"""
            <div class="notice"><p>{sentence}: {first}{rest}.{damaged}</p>{Failures(results)}</div>
            """);
    }

    private static Html Failures(StudyResults results) => results.Failures.Count == 0 ? Html.Empty : Html.Of($"""
        <details><summary>Why {NumberText.Count(results.Failures.Count)} of them could not be computed</summary>
        <ul>{results.Failures.Select(failure => Html.Of($"<li>{failure.Cell.Label}: {failure.Message}</li>"))}</ul></details>
        """);

    private static Html Tile(string name, string value, string explanation) =>
        Html.Of($"<div><dt>{name}</dt><dd>{value}<small>{explanation}</small></dd></div>");
}
