using OneStep.Networks.Deep;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>The radii of small deep networks (docs/mathematics.md §7): of an output, of one ahead of another, and of a class.</summary>
internal sealed class DeepRadiusCheck : ICertificateCheck
{
    /// <inheritdoc/>
    public string Name => "deep radii";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        NaiveDeepNetwork drawn = DeepNetworks.Draw(random);
        using DeepNetwork network = LibraryCopies.ToLibrary(drawn);
        int outputs = drawn.Layers[^1].Length;
        int output = random.Integer(0, outputs - 1);
        int[] others = [.. Enumerable.Range(0, outputs).Where(j => j != output)];
        NaiveScore function = random.Integer(0, 2) switch
        {
            0 when outputs > 1 => NaiveScore.Of(new ClassMargin(network, output), output, others),
            1 when outputs > 1 => NaiveScore.Of(new DeepScore(network, output, others[0]), output, [others[0]]),
            _ => NaiveScore.Of(new DeepScore(network, output), output, []),
        };
        double[][] points = [.. Enumerable.Range(0, random.Chance(0.3) ? 2 : 1).Select(_ => DeepNetworks.Input(drawn.InputDimension, random))];
        RadiusAttack.OnAll(function, points, random, tally);
    }
}
