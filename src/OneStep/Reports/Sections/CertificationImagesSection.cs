using OneStep.Attacks;
using OneStep.Experiments.Certification;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Reports.Sections;

/// <summary>Images before and after the perturbation that flips every network of the ball.</summary>
internal static class CertificationImagesSection
{
    private const PerturbationKind Kind = PerturbationKind.BallWide;

    /// <summary>The section.</summary>
    public static Html Of(CertificationRun run)
    {
        AttackedExample[] examples = Examples(run);
        IReadOnlyList<ChosenExample> chosen = ExampleSelection.Of(examples);
        Html content = chosen.Count == 0
            ? Html.Of($"<p>Nothing was certified, so there is no image to show.</p>")
            : Html.Of($"""
                <p>Chosen by rank of the ball-wide ‖δ‖ alone, from the smallest to the largest of each label. The perturbation is magnified as stated, blue where it darkens and orange
                where it brightens. Behind it no network of the ball says what the image is; what is shown is what the trained one says, with the confidence of the logistic model.</p>
                <div class="triptychs">{chosen.Select(example => ToTriptych(run, example).ToHtml())}</div>
                """);
        return Html.Of($"""
            <section id="images" aria-labelledby="images-title">
              <h2 id="images-title">Before and after</h2>
              {content}
            </section>
            """);
    }

    /// <summary>What the trained network says behind the certified perturbations. The position is that among the certified inputs.</summary>
    private static AttackedExample[] Examples(CertificationRun run)
    {
        int[] rows = [.. Enumerable.Range(0, run.Certified.Count).Where(i => run.Result.Inputs[i][Kind] is not null)];
        var points = new Matrix<double>(rows.Length, run.Certified.Inputs.Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            Vectors.Sum(run.Certified.Inputs.Row(rows[i]), run.Perturbations[(int)Kind].Row(rows[i]), points.Row(i));
        }

        IScoreFunction network = run.Model.ScoreFor(1);
        BoundedScore[] scores = new BoundedScore[rows.Length];
        using ScoreWorkspace workspace = network.CreateWorkspace(threads: 1);
        network.ScoresInDouble(points, scores, workspace, CancellationToken.None);
        return [.. rows.Select((row, i) => new AttackedExample
        {
            Index = row,
            Label = run.Certified.Labels[row],
            Status = ExampleStatus.Flipped,
            Score = run.Certified.Labels[row] * run.Result.Inputs[row].Margin,
            InputNorm = Vectors.Norm(run.Certified.Inputs.Row(row)),
            GradientNorm = 0,
            PerturbationNorm = run.Result.Inputs[row][Kind],
            AdversarialScore = scores[i].Value,
        })];
    }

    private static Triptych ToTriptych(CertificationRun run, ChosenExample chosen)
    {
        int row = chosen.Example.Index;
        string digit = TaskText.Class(run.Result.Parameters.Digits, chosen.Example.Label);
        return new()
        {
            Model = run.Model,
            Digits = run.Result.Parameters.Digits,
            Side = run.Result.Parameters.Side,
            Example = chosen.Example with { Index = run.Result.Inputs[row].Index },
            Label = chosen.Example.Label,
            Input = run.Certified.Inputs.Row(row).ToArray(),
            Perturbation = run.Perturbations[(int)Kind].Row(row).ToArray(),
            Title = $"{char.ToUpperInvariant(digit[0])}{digit[1..]}: {chosen.Place} for the ball{LowerBoundSection.Caption(run.Result.Inputs[row])}",
        };
    }
}
