using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Experiments;

/// <summary>What networks say of inputs, before and after an attack.</summary>
public static class Predictions
{
    /// <summary>What a network says of an input and of the same one attacked.</summary>
    /// <param name="model">The network.</param>
    /// <param name="example">What became of the input.</param>
    /// <param name="input">x.</param>
    /// <param name="attacked">x + δ.</param>
    public static (Prediction Before, Prediction After) Of(TrainedModel model, AttackedExample example, float[] input, float[] attacked)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(attacked);

        // Of two classes the verified scores say it; of more the margin does not say which class it is now.
        if (model.ClassCount == 2)
        {
            return (OfScore(example.Score), OfScore(example.AdversarialScore ?? 0));
        }

        var both = new Matrix<float>(2, input.Length);
        input.CopyTo(both.Row(0));
        attacked.CopyTo(both.Row(1));
        Prediction[] said = model.Predict(both, threads: 1);

        // The flip is verified for the exact sum; rounded to single precision it may lie on this side of the boundary again.
        bool isBack = example.Status == ExampleStatus.Flipped && (said[1].Label is null || said[1].Label == said[0].Label);
        return (said[0], isBack && said[0].Label is int own ? said[1] with { Label = BestOther(model, attacked, own) } : said[1]);
    }

    /// <summary>What a score says by its sign, as the logistic model sees it.</summary>
    internal static Prediction OfScore(double score) => new(score == 0 ? null : Math.Sign(score), 1 / (1 + Math.Exp(-Math.Abs(score))));

    /// <summary>What several outputs say: the largest one's class, and its softmax; no class where two are the largest.</summary>
    internal static Prediction OfOutputs(ReadOnlySpan<double> outputs)
    {
        int largest = 0;
        bool isTied = false;
        for (int k = 1; k < outputs.Length; k++)
        {
            isTied = outputs[k] == outputs[largest] || (isTied && outputs[k] < outputs[largest]);
            largest = outputs[k] > outputs[largest] ? k : largest;
        }

        double sum = 0;
        foreach (double output in outputs)
        {
            sum += Math.Exp(output - outputs[largest]);
        }

        return new(isTied ? null : largest, 1 / sum);
    }

    private static int BestOther(TrainedModel model, float[] input, int own)
    {
        var one = new Matrix<float>(1, input.Length);
        input.CopyTo(one.Row(0));
        return Enumerable.Range(0, model.ClassCount).Where(label => label != own).MaxBy(label => Score(model.ScoreFor(label), one));
    }

    private static double Score(IScoreFunction function, Matrix<float> input)
    {
        double[] score = new double[1];
        using ScoreWorkspace workspace = function.CreateWorkspace(threads: 1);
        function.ScoresAndGradients(input, score, gradients: null, workspace, CancellationToken.None);
        return score[0];
    }

    /// <summary>What a function says of inputs by its sign.</summary>
    internal static Prediction[] OfSigns(IScoreFunction function, Matrix<float> inputs, int threads, CancellationToken cancellation)
    {
        double[] scores = new double[inputs.Rows];
        using ScoreWorkspace workspace = function.CreateWorkspace(threads);
        function.ScoresAndGradients(inputs, scores, gradients: null, workspace, cancellation);
        return [.. scores.Select(OfScore)];
    }
}
