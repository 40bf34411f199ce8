using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Reports.Sections;

/// <summary>Images before and after perturbations of which something is proved.</summary>
internal static class CertificationImagesSection
{
    /// <summary>Where the section of brackets stands, beside that of a ball.</summary>
    public const string BracketAnchor = "bracket";

    /// <summary>Its title.</summary>
    public const string BracketTitle = "The bracket, image by image";

    /// <summary>Images with the perturbation that flips every network of the ball.</summary>
    public static Html Of(CertificationRun run) => Section(
        "images",
        "Before and after",
        "Nothing was certified, so there is no image to show.",
        Html.Of($"""
            Chosen by rank of the ball-wide ‖δ‖ alone, from the smallest to the largest of each label. The perturbation is magnified as stated, blue where it darkens and orange
            where it brightens. Behind it no network of the ball says what the image is; what is shown is what the trained one says, with the confidence of the logistic model.
            """),
        Triptychs(run.Model, run.Result, run.Certified, run.Perturbations[(int)PerturbationKind.BallWide], PerturbationKind.BallWide, (chosen, input) =>
            $"{chosen.Place} for the ball{LowerBoundSection.Caption(input)}"));

    /// <summary>Images with the shortest perturbation found for the trained network, and what is proved of shorter ones; nothing where no
    /// bound was asked for.</summary>
    public static Html Brackets(CertificationRun run) => run.Result.LowerBounds.Count == 0 ? Html.Empty
        : Brackets(BracketAnchor, BracketTitle, run.Model, run.Result, run.Certified, run.Perturbations[(int)PerturbationKind.Best]);

    /// <summary>The same of a network without a ball.</summary>
    public static Html Of(BracketRun run) => Brackets("images", "Before and after", run.Model, run.Result, run.Bracketed, run.Perturbations);

    private static Html Brackets(string name, string title, TrainedModel model, CertifiedNetworkResult result, LabelledInputs inputs, Matrix<float> perturbations)
    {
        string confidence = model.ClassCount == 2 ? "that of the logistic model" : "the softmax of the outputs, and f the margin of the image's own class over the best other one";
        return Section(
            name,
            title,
            "Nothing was found that flips an image, so there is none to show.",
            Html.Of($"""
                Chosen by rank of the shortest ‖δ‖ that was found, from the smallest to the largest of each label. No change of the image that is shorter than the first number flips it:
                that is proved in double precision. The one shown, of the second number, does. It is magnified as stated, blue where it darkens and orange where it brightens; the
                confidence is {confidence}.
                """),
            Triptychs(model, result, inputs, perturbations, PerturbationKind.Best, (_, input) => LowerBoundSection.Bracket(input)));
    }

    private static Html Section(string name, string title, string nothing, Html text, IReadOnlyList<Triptych> triptychs) => Html.Of($"""
        <section id="{name}" aria-labelledby="{$"{name}-title"}">
          <h2 id="{$"{name}-title"}">{title}</h2>
          {(triptychs.Count == 0 ? Html.Of($"<p>{nothing}</p>") : Html.Of($"<p>{text}</p><div class=\"triptychs\">{triptychs.Select(triptych => triptych.ToHtml())}</div>"))}
        </section>
        """);

    private static IReadOnlyList<Triptych> Triptychs(
        TrainedModel model,
        CertifiedNetworkResult result,
        LabelledInputs inputs,
        Matrix<float> perturbations,
        PerturbationKind kind,
        Func<ChosenExample, CertifiedInput, string> title)
    {
        AttackedExample[] examples = Examples(model, result, inputs, perturbations, kind);
        return
        [
            .. ExampleSelection.Of(examples).Select(chosen =>
            {
                int row = chosen.Example.Index;
                string digit = TaskText.Class(result.Parameters.Digits, chosen.Example.Label);
                return new Triptych
                {
                    Model = model,
                    Digits = result.Parameters.Digits,
                    Side = result.Parameters.Side,
                    Example = chosen.Example with { Index = result.Inputs[row].Index },
                    Label = chosen.Example.Label,
                    Input = inputs.Inputs.Row(row).ToArray(),
                    Perturbation = perturbations.Row(row).ToArray(),
                    Title = $"{char.ToUpperInvariant(digit[0])}{digit[1..]}: {title(chosen, result.Inputs[row])}",
                };
            }),
        ];
    }

    /// <summary>What the network says behind the perturbations. The position is that among the inputs.</summary>
    private static AttackedExample[] Examples(
        TrainedModel model, CertifiedNetworkResult result, LabelledInputs inputs, Matrix<float> perturbations, PerturbationKind kind)
    {
        int[] rows = [.. Enumerable.Range(0, inputs.Count).Where(i => result.Inputs[i][kind] is not null)];
        return [.. rows.GroupBy(row => inputs.Labels[row]).SelectMany(group => Examples(group.Key, [.. group])).OrderBy(example => example.Index)];

        IEnumerable<AttackedExample> Examples(int label, int[] some)
        {
            var points = new Matrix<double>(some.Length, inputs.Inputs.Columns);
            for (int i = 0; i < some.Length; i++)
            {
                Vectors.Sum(inputs.Inputs.Row(some[i]), perturbations.Row(some[i]), points.Row(i));
            }

            IScoreFunction network = model.ScoreFor(label);
            BoundedScore[] scores = new BoundedScore[some.Length];
            using ScoreWorkspace workspace = network.CreateWorkspace(threads: 1);
            network.ScoresInDouble(points, scores, workspace, CancellationToken.None);

            // Of two classes f says which; of more it is the margin of the image's own.
            return some.Select((row, i) => new AttackedExample
            {
                Index = row,
                Label = label,
                Status = ExampleStatus.Flipped,
                Score = (model.ClassCount == 2 ? label : 1) * result.Inputs[row].Margin,
                InputNorm = Vectors.Norm(inputs.Inputs.Row(row)),
                GradientNorm = 0,
                PerturbationNorm = result.Inputs[row][kind],
                AdversarialScore = scores[i].Value,
            }).ToArray();
        }
    }
}
