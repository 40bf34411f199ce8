using System.Numerics;

namespace OneStep.Training.Deep;

/// <summary>
/// The step v ← μ v + g + κ w, w ← w − λ v, weight by weight in float64, v and w rounded to float32 (docs/mathematics.md §16).
/// </summary>
/// <param name="learningRate">λ.</param>
/// <param name="momentum">μ.</param>
/// <param name="weightDecay">κ.</param>
internal sealed unsafe class MomentumUpdate(double learningRate, double momentum, double weightDecay)
{
    /// <summary>Takes the step.</summary>
    /// <param name="count">How many weights, a multiple of 32.</param>
    /// <param name="gradients">The gradients, summed over examples.</param>
    /// <param name="share">What each example counts, so that the sum becomes g.</param>
    /// <param name="velocities">v.</param>
    /// <param name="weights">w.</param>
    /// <returns>Whether all weights are finite numbers.</returns>
    public bool Apply(nint count, double* gradients, double share, float* velocities, float* weights)
    {
        Vector<float> doubt = Vector<float>.Zero;
        for (nint i = 0; i < count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(weights + i), out Vector<double> lowWeight, out Vector<double> highWeight);
            Vector.Widen(Vector.Load(velocities + i), out Vector<double> lowVelocity, out Vector<double> highVelocity);
            lowVelocity = Velocity(lowVelocity, lowWeight, Vector.Load(gradients + i) * share);
            highVelocity = Velocity(highVelocity, highWeight, Vector.Load(gradients + i + Vector<double>.Count) * share);
            Vector<float> velocity = Vector.Narrow(lowVelocity, highVelocity);
            velocity.Store(velocities + i);
            Vector.Widen(velocity, out lowVelocity, out highVelocity);
            Vector<float> weight = Vector.Narrow(lowWeight - (lowVelocity * learningRate), highWeight - (highVelocity * learningRate));
            weight.Store(weights + i);

            // Zero for finite numbers and for nothing else.
            doubt |= weight - weight;
        }

        return Vector.EqualsAll(Vector.AsVectorUInt32(doubt), Vector<uint>.Zero);
    }

    private Vector<double> Velocity(Vector<double> velocity, Vector<double> weight, Vector<double> gradient) =>
        (velocity * momentum) + (gradient + (weight * weightDecay));
}
