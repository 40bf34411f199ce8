using System.Runtime.InteropServices;
using System.Security.Cryptography;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Tests.Networks.Deep;

public class DeepBitsTests
{
    /// <summary>
    /// Whatever the vector width: run with DOTNET_EnableAVX512, DOTNET_EnableAVX2 or DOTNET_EnableHWIntrinsic set to 0 this is the
    /// same number. It is not right or wrong by itself; change it with what is computed.
    /// </summary>
    [Fact]
    public void The_bits_are_the_same_on_every_machine()
    {
        using DeepNetwork network = DeepInitialization.Draw([25, 65, 40, 33, 3], bias: true, seed: 5, DeepInitializationScheme.FanInWithBiases);
        Matrix<float> inputs = Units(seed: 2);
        Matrix<float> directions = Units(seed: 3);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add<T>(T[] values)
            where T : struct => hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
        foreach ((DeepScoreFunction function, _) in network.Functions())
        {
            (double[] scores, Matrix<float> gradients) = function.ScoresAndGradients(inputs);
            Add(scores);
            Add(gradients.Data);
            Add(function.ScoresInDouble(inputs.Widen()));
            Add(function.FirstSignChanges(function.Steps(inputs)));
            Add(function.FirstSignChanges(new(inputs, directions)));
        }

        Add(network.FirstKinks(new(inputs, directions), threads: 1, CancellationToken.None));
        Assert.Equal("F6517C5C9CA4958E", Convert.ToHexString(hash.GetHashAndReset())[..16]);
    }

    // From the library's own generator, which is the same on every machine; the framework's logarithm need not be.
    private static Matrix<float> Units(ulong seed)
    {
        var random = new RandomStream(seed, RandomPurpose.RandomInputs);
        var inputs = new Matrix<float>(45, 25);
        for (int i = 0; i < inputs.Rows; i++)
        {
            random.Gaussians(i, inputs.Row(i));
            Vectors.SetUnit(inputs.Row(i), 1, inputs.Row(i));
        }

        return inputs;
    }
}
