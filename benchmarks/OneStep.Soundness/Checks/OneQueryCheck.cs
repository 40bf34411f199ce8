using OneStep.Certificates.Vulnerability;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>
/// One perturbation against every network with one known score (docs/mathematics.md §5). Claimed is y f(x + δ; W) ≤ b for those with
/// y f(x; W) ≤ M. The proof says more, y f(x + δ; W) ≤ b + μ (y f(x; W) − M) for every W of the ball: that is attacked, and networks that
/// keep the known score besides.
/// </summary>
internal sealed class OneQueryCheck : ICertificateCheck
{
    // Halvings of the way from the network that was asked to one with too large a score.
    private const int Halvings = 20;

    /// <inheritdoc/>
    public string Name => "one query";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        NaiveNetwork asked = random.Integer(0, 3) switch
        {
            0 => instance.Naive.Center,
            1 => instance.Naive.Maximizer(instance.Points[0], random.Sign()),
            _ => instance.Naive.Random(random, random.Chance(0.5) ? 1 : random.Between(0, 1)),
        };
        BoundedScore[] scores = [.. instance.Points.Select(x => new BoundedScore(asked.Score(x), instance.ScoreError(x)))];

        // Labels that the network gives, where it gives one: of others there is nothing to take away.
        int[] labels = [.. scores.Select((score, i) => score.CertainSign != 0 ? score.CertainSign : instance.Labels[i])];
        VulnerabilityCertificates wide = new BallWideCertificates { LongestRelativeNorm = BallWideCheck.LongestRelativeNorm }
            .Find(instance.Ball, instance.Inputs, labels, BallWideCheck.OneThread);
        VulnerabilityCertificates found = new OneQueryCertificates { LongestRelativeNorm = BallWideCheck.LongestRelativeNorm }
            .Find(instance.Ball, instance.Inputs, labels, scores, wide, BallWideCheck.OneThread);
        for (int i = 0; i < labels.Length; i++)
        {
            if (found.Inputs[i].Outcome == CertificateOutcome.Certified)
            {
                tally.Certified();
                On(instance, asked, scores[i], i, found, random, tally);
            }
        }
    }

    private static void On(
        SoundnessInstance instance, NaiveNetwork asked, BoundedScore score, int i, VulnerabilityCertificates found, RandomInputs random, CheckTally tally)
    {
        VulnerabilityCertificate certificate = found.Inputs[i];
        int label = certificate.Label;
        double multiplier = certificate.Multiplier!.Value;
        double margin = (label * score.Value) + score.ErrorBound;
        double[] input = instance.Points[i];
        double[] perturbed = PerturbationAttack.Perturbed(instance, found, i);
        double claimed = PerturbationAttack.Claimed(certificate);
        double error = instance.ScoreError(perturbed) + (2 * multiplier * instance.ScoreError(input));
        double size = instance.LargestScore(perturbed) + (multiplier * instance.LargestScore(input));
        string what = $"input {i}, label {label}, multiplier {multiplier:R}";
        NaiveNetwork? highest = null;
        double highestScore = double.NegativeInfinity;
        PointAdversary.Search(instance.Naive, input, [perturbed, input], [label, -multiplier * label], random, network =>
        {
            double after = label * network.Score(perturbed);
            tally.Compare(claimed, after - (multiplier * ((label * network.Score(input)) - margin)), error, size, what);
            if (after > highestScore)
            {
                (highest, highestScore) = (network.Clone(), after);
            }
        });
        NaiveNetwork kept = WithMargin(instance.Naive, asked, highest!, input, label, margin);
        tally.Compare(claimed, label * kept.Score(perturbed), error, size, $"{what}, same score");
    }

    /// <summary>The last network on the way from the one that was asked to another with y f(x; W) ≤ M.</summary>
    private static NaiveNetwork WithMargin(NaiveBall ball, NaiveNetwork asked, NaiveNetwork other, double[] input, int label, double margin)
    {
        double holds = 0;
        double part = 1;
        for (int halving = 0; halving < Halvings; halving++)
        {
            if (label * ball.Between(asked, other, part).Score(input) <= margin)
            {
                holds = part;
            }

            part = holds == 1 ? 1 : holds + ((part > holds ? part - holds : 1 - holds) / 2);
        }

        return ball.Between(asked, other, holds);
    }
}
