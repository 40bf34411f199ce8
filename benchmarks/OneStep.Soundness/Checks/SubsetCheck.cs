using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>The bound on means over every pair of sets of the two classes (docs/mathematics.md §5, "Jointly over inputs"): networks are
/// held against it at the sets that they like best.</summary>
internal sealed class SubsetCheck : ICertificateCheck
{
    private const int Steps = 6;
    private const double Smoothing = 0.2;

    /// <inheritdoc/>
    public string Name => "sets of inputs";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        int[] labels = instance.Labels;
        int[] order = [.. Enumerable.Range(0, labels.Length).OrderByDescending(i => labels[i])];
        int positives = labels.Count(label => label == 1);
        if (positives == 0 || positives == labels.Length)
        {
            return;
        }

        var adversary = new JointAdversary(instance, random);
        var sorted = new LabelledInputs(instance.Inputs.SelectRows(order), [.. order.Select(i => labels[i])]);
        SubsetBound bound = SubsetBound.Of(
            instance.Ball, new(sorted, adversary.Inputs.Perturbations.SelectRows(order)), Smoothing, BallWideCheck.OneThread);
        double error = adversary.Errors.Max();
        double size = adversary.Sizes.Max();
        double scale = size > 0 ? size : 1;
        bool denies = false;
        adversary.Search(JointPerturbations.ClassWeights(labels), Steps, (_, margin) => Math.Exp(-8 * Math.Abs(margin) / scale), random, network =>
        {
            double[] margins = adversary.Margins(network);
            int first = random.Integer(1, positives);
            int second = random.Integer(1, labels.Length - positives);

            // The places among the sorted inputs that this network is most right about.
            int[] chosen =
            [
                .. Enumerable.Range(0, positives).OrderByDescending(at => margins[order[at]]).Take(first),
                .. Enumerable.Range(positives, labels.Length - positives).OrderByDescending(at => margins[order[at]]).Take(second),
            ];
            double claimed = bound.UpperBound(
                chosen[..first].Average(at => bound.Values[at]), first, chosen[first..].Average(at => bound.Values[at]), second);
            denies |= claimed < 0;
            double value = (chosen[..first].Average(at => margins[order[at]]) + chosen[first..].Average(at => margins[order[at]])) / 2;
            tally.Compare(claimed, value, error, size, $"sets of {first} and {second}");
        });
        tally.Certified(denies ? 1 : 0);
    }
}
