using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>The radii of two-layer networks (docs/mathematics.md §7): W0, or another network of the ball.</summary>
internal sealed class TwoLayerRadiusCheck : ICertificateCheck
{
    // Large networks take long: of each one input is enough, and of the largest many are left out.
    private const int ManyWeights = 2_000;
    private const int VeryManyWeights = 50_000;
    private const int FewInputs = 2;

    /// <inheritdoc/>
    public string Name => "two-layer radii";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        int size = instance.Shape.Dimension * instance.Shape.Width;
        if (size > VeryManyWeights && random.Chance(0.7))
        {
            return;
        }

        using TwoLayerNetwork network = (random.Integer(0, 3) switch
        {
            0 => instance.Naive.Random(random, random.Between(0, 1)),
            1 => instance.Naive.Maximizer(instance.Points[0], -instance.Labels[0]),
            _ => instance.Naive.Center,
        }).ToLibrary();
        int most = size <= ManyWeights && random.Chance(0.3) ? FewInputs : 1;
        RadiusAttack.OnAll(NaiveScore.Of(network), instance.Points[..Math.Min(most, instance.Points.Length)], random, tally);
    }
}
