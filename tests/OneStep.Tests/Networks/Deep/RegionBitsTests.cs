using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OneStep.Attacks.GradientFlow;
using OneStep.Attacks.Hamming;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Tests.Networks.Deep;

public class RegionBitsTests
{
    /// <summary>
    /// Whatever the vector width: run with DOTNET_EnableAVX512, DOTNET_EnableAVX2 or DOTNET_EnableHWIntrinsic set to 0 this is the
    /// same number. It is not right or wrong by itself; change it with what is computed.
    /// </summary>
    [Fact]
    public void Walks_through_regions_have_the_same_bits_on_every_machine()
    {
        using DeepNetwork network = DeepInitialization.Draw([25, 65, 40, 3], bias: true, seed: 5, DeepInitializationScheme.FanInWithBiases);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var region = new LinearRegion(network);
        var path = new ExactFlowPath(network, new(0, [1, 2]), 1000);
        var random = new RandomStream(2, RandomPurpose.RandomInputs);
        float[] x = new float[25];
        double[] wide = new double[25];
        float[] perturbation = new float[25];
        for (int i = 0; i < 8; i++)
        {
            random.Gaussians(i, x);
            Vectors.SetUnit(x, 1, x);
            Vectors.Sum(x, [], wide);
            region.MoveTo(wide);
            double[] target = LinearSystemWalk.Exchanged(region.Outputs, i % 3, 0.1);
            OutputMove move = new LinearSystemWalk().MoveOutputs(network, x, target, CancellationToken.None);
            hash.AppendData(MemoryMarshal.AsBytes(move.Perturbation.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(move.Outputs.AsSpan()));
            path.TryFollow(x, perturbation, CancellationToken.None);
            hash.AppendData(MemoryMarshal.AsBytes(perturbation.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes([path.Length]));
        }

        Assert.Equal("4536B1C29F84E663", Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }
}
