using OneStep.Formats;
using OneStep.Networks.Deep;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Deep;

public class DeepNetworkFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_network_comes_back_bit_by_bit(bool hasBias)
    {
        using var folder = new TemporaryFolder();
        NaiveDeepNetwork naive = NaiveDeepNetwork.Random([7, 33, 1, 40, 3], hasBias, seed: 1);
        using DeepNetwork network = naive.ToLibrary();
        DeepNetworkFile.Save(folder.At("net.safetensors"), network);
        using DeepNetwork loaded = DeepNetworkFile.Load(folder.At("net.safetensors"));
        Assert.Equal(hasBias, loaded.HasBias);
        Assert.Equal(naive.Layers, Rows(loaded));
        DeepNetworkFile.Save(folder.At("again.safetensors"), loaded);
        Assert.Equal(File.ReadAllBytes(folder.At("net.safetensors")), File.ReadAllBytes(folder.At("again.safetensors")));
    }

    [Fact]
    public void The_file_holds_what_other_programs_expect()
    {
        using var folder = new TemporaryFolder();
        using DeepNetwork network = new NaiveDeepNetwork([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9]]], hasBias: true).ToLibrary();
        DeepNetworkFile.Save(folder.At("net.safetensors"), network);
        using SafetensorsReader reader = SafetensorsReader.Open(folder.At("net.safetensors"));
        Assert.Equal(["layers.0.weight [2, 2]", "layers.0.bias [2]", "layers.1.weight [1, 2]", "layers.1.bias [1]"], reader.Tensors.Select(t => $"{t.Name} {t.ShapeText}"));
        Assert.Equal([1f, 2f, 4f, 5f], reader.ReadAll<float>("layers.0.weight"));
        Assert.Equal([3f, 6f], reader.ReadAll<float>("layers.0.bias"));
        Assert.Equal([7f, 8f], reader.ReadAll<float>("layers.1.weight"));
        Assert.Equal([9f], reader.ReadAll<float>("layers.1.bias"));
    }

    [Fact]
    public void Files_that_are_no_network_are_errors_that_say_why()
    {
        AssertError("has no tensor 'layers.0.weight'", ("W", [2, 2]));
        AssertError("belongs to none of its 1 layers", ("layers.0.weight", [2, 2]), ("layers.2.weight", [2, 2]));
        AssertError("belongs to none of its 1 layers", ("layers.0.weight", [2, 2]), ("layers.0.scale", [2]));
        AssertError("'layers.1.weight' of F32 [2, 3], but F32 [any, 2]", ("layers.0.weight", [2, 2]), ("layers.1.weight", [2, 3]));
        AssertError("'layers.0.weight' of F32 [4], but F32 [any, any]", ("layers.0.weight", [4]));
        AssertError("'layers.0.weight' of F32 [0, 4], but F32 [any, any]", ("layers.0.weight", [0, 4]));
        AssertError("'layers.0.bias' of F32 [3], but F32 [2]", ("layers.0.weight", [2, 2]), ("layers.0.bias", [3]));
        AssertError("no tensor 'layers.1.bias'", ("layers.0.weight", [2, 2]), ("layers.0.bias", [2]), ("layers.1.weight", [1, 2]));
        AssertError("belongs to none", ("layers.0.weight", [2, 2]), ("layers.1.weight", [1, 2]), ("layers.1.bias", [1]));
        Assert.Contains("does not exist", Assert.Throws<OneStepException>(() => DeepNetworkFile.Load("no-such-file")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(0, float.PositiveInfinity)]
    public void Numbers_that_are_not_finite_are_errors(float weight, float bias)
    {
        using var folder = new TemporaryFolder();
        using DeepNetwork network = new NaiveDeepNetwork([[[weight, bias]]], hasBias: true).ToLibrary();
        DeepNetworkFile.Save(folder.At("net.safetensors"), network);
        string message = Assert.Throws<OneStepException>(() => DeepNetworkFile.Load(folder.At("net.safetensors"))).Message;
        Assert.Contains(float.IsFinite(weight) ? "'layers.0.bias' with a number that is not finite" : "'layers.0.weight' with a number", message, StringComparison.Ordinal);
    }

    private static void AssertError(string expected, params (string Name, long[] Shape)[] tensors)
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("net.safetensors");
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(
            stream, [], [.. tensors.Select(t => new TensorSource(new(t.Name, TensorType.F32, t.Shape), sink => sink.Write(new float[t.Shape.Aggregate(1L, (a, b) => a * b)])))]));
        string message = Assert.Throws<OneStepException>(() => DeepNetworkFile.Load(path)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    private static double[][][] Rows(DeepNetwork network) =>
        [.. network.Layers.Select(layer => Enumerable.Range(0, layer.Rows).Select(s =>
        {
            float[] row = new float[layer.Columns];
            layer.CopyRowTo(s, row);
            return Array.ConvertAll(row, w => (double)w);
        }).ToArray())];
}
