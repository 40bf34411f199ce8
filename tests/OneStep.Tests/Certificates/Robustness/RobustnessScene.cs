using OneStep.Attacks;
using OneStep.Certificates.Robustness;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Attacks;
using OneStep.Tests.References;

namespace OneStep.Tests.Certificates.Robustness;

/// <summary>A small network with rows of every kind, some inputs, and the best attack's perturbations of them.</summary>
internal sealed class RobustnessScene : IDisposable
{
    /// <summary>Draws the scene: where it is degenerate, every fifth row is zero, every seventh a copy, and every third vanishes at one
    /// of the inputs. Of some candidates those nearest to the boundary are taken.</summary>
    public RobustnessScene(int width, int dimension, int seed, bool hasBias = false, bool degenerate = true, int inputs = 3, int candidates = 3)
    {
        NaiveNetwork drawn = NaiveNetwork.Random(width, dimension, seed, hasBias);
        double[][] points = drawn.CorrectInputs(Math.Max(inputs, candidates), seed + 1).Inputs.ToRows();
        for (int s = 0; degenerate && s < width; s++)
        {
            if (s % 5 == 4)
            {
                Array.Clear(drawn.Weights[s]);
            }
            else if (s % 7 == 6)
            {
                drawn.Weights[s - 1].CopyTo(drawn.Weights[s], 0);
            }
            else if (s % 3 == 2)
            {
                // Orthogonal to one of the inputs, in floating point, too.
                Array.Clear(drawn.Weights[s]);
                drawn.Weights[s][0] = points[0][1];
                drawn.Weights[s][1] = -points[0][0];
            }
        }

        Network = drawn.ToLibrary();
        Naive = Network.ToNaive();
        Inputs = points.OrderBy(x => Math.Abs(Naive.Score(x))).Take(inputs).ToArray().ToMatrix();
        Points = Inputs.ToRows();
        AttackResult attack = Network.Attack(
            new BoundaryWalkAttack { Restarts = 2 }, new(Inputs, [.. Points.Select(x => Naive.Score(x) < 0 ? -1 : 1)]), new() { Threads = 1 });
        Perturbations = attack.Perturbations;
    }

    public TwoLayerNetwork Network { get; }

    public NaiveNetwork Naive { get; }

    public Matrix<float> Inputs { get; }

    public double[][] Points { get; }

    public Matrix<float> Perturbations { get; }

    public RobustnessCertificates Certify(int threads = 1, bool withPerturbations = true) =>
        new RobustnessCertifier().Certify(Network, Inputs, withPerturbations ? Perturbations : null, new() { Threads = threads });

    public void Dispose() => Network.Dispose();
}
