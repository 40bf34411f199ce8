using OneStep.Certificates.Vulnerability;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>The bound on the robust accuracy of every network of the ball (docs/mathematics.md §5): inputs that no network is robustly right
/// about, and how many one network can be right about at once.</summary>
internal sealed class RobustAccuracyCheck : ICertificateCheck
{
    private const int Steps = 6;

    // What counts as nearly right is so much of the largest score.
    private const double Sharpness = 30;
    private const double NearlyRight = 0.05;

    /// <inheritdoc/>
    public string Name => "robust accuracy";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        double budget = JointAdversary.Budget(instance, random);
        var single = new BallWideCertificates();
        var search = new RobustAccuracyBound { SingleInputs = single, Perturbations = new() { Rounds = random.Integer(0, 3) } };
        RobustAccuracyCertificate certificate = search.Certify(instance.Ball, instance.Examples, budget, BallWideCheck.OneThread);
        tally.Certified(certificate.Count - certificate.MostRobust);
        RequireBudget(certificate, budget, tally);

        // The certificates behind the inputs that fall, which the search finds again.
        VulnerabilityCertificates alone = single.Find(instance.Ball, instance.Inputs, instance.Labels, BallWideCheck.OneThread);
        double[][] perturbed = [.. Enumerable.Range(0, certificate.Count).Select(i => PerturbationAttack.Perturbed(instance, alone, i))];
        double[] errors = [.. perturbed.Select(instance.ScoreError)];
        int[] falling = [.. Enumerable.Range(0, certificate.Count).Where(i => certificate.Falls[i])];
        var adversary = new JointAdversary(instance, certificate.Inputs);
        double[] even = JointPerturbations.ClassWeights(instance.Labels);
        double size = Math.Max(adversary.Sizes.Max(), double.Epsilon);
        foreach (Func<int, double, double> slope in (Func<int, double, double>[])
            [(_, margin) => Math.Exp(-Sharpness * Math.Abs(margin) / size), (_, margin) => margin < NearlyRight * size ? 1 : 0])
        {
            adversary.Search(even, Steps, slope, random, Hold);
        }

        void Hold(NaiveNetwork network)
        {
            double[] margins = adversary.Margins(network);
            bool[] isRight = [.. margins.Select((margin, i) => margin > adversary.Errors[i])];
            tally.Compare(certificate.MostRobustJointly, isRight.Count(right => right), 0, certificate.Count, "right at once");
            tally.Compare(
                certificate.MostRobust, isRight.Where((right, i) => right && !certificate.Falls[i]).Count(), 0, certificate.Count, "right at once beside those that fall");
            foreach (int i in falling)
            {
                int label = instance.Labels[i];
                tally.Compare(0, label * network.Score(perturbed[i]), errors[i], instance.LargestScore(perturbed[i]), $"input {i} that falls");
            }
        }
    }

    private static void RequireBudget(RobustAccuracyCertificate certificate, double budget, CheckTally tally)
    {
        foreach (double[] perturbation in certificate.Inputs.Perturbations.ToRows())
        {
            double norm = Math.Sqrt(perturbation.Sum(v => v * v));
            if (!(norm <= budget * (1 + 1e-14)))
            {
                tally.Violated($"a perturbation of {norm:R} within {budget:R}");
            }
        }
    }
}
