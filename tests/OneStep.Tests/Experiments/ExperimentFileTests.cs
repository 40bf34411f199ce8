using System.Text;
using OneStep.Experiments;
using OneStep.Formats;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

public sealed partial class ExperimentFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.At("run.safetensors");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 33)]
    [InlineData(true, 64)]
    public void What_is_saved_is_loaded(bool bias, int width)
    {
        ExperimentParameters parameters = Parameters(bias, width);
        using SmallRun run = new(parameters);
        ExperimentFile.Save(FilePath, run.Run);

        using LoadedExperiment loaded = ExperimentFile.Load(FilePath);
        TrainedNetwork network = loaded.Model.TwoLayer();
        Assert.Equal(parameters, loaded.Parameters);
        Assert.Equal(SmallRun.Fingerprint, loaded.DatasetFingerprint);
        Assert.Equal(bias, network.Network.HasBias);
        Assert.Equal(run.Run.TwoLayer().Network.Signs, network.Network.Signs);
        Assert.Null(network.Summary);
        AssertSame(run.Run.TwoLayer().Network.Weights, network.Network.Weights);
        AssertSame(run.Run.TwoLayer().InitialWeights, network.InitialWeights);
    }

    [Fact]
    public void Default_parameters_survive_too()
    {
        ExperimentParameters parameters = new() { Width = 2, Side = 2 };
        using SmallRun run = new(parameters);
        ExperimentFile.Save(FilePath, run.Run);
        using LoadedExperiment loaded = ExperimentFile.Load(FilePath);
        Assert.Equal(parameters, loaded.Parameters);
    }

    [Fact]
    public void Saving_what_was_loaded_gives_the_same_bytes()
    {
        using SmallRun run = new(Parameters(bias: true, width: 5));
        ExperimentFile.Save(FilePath, run.Run);
        using LoadedExperiment loaded = ExperimentFile.Load(FilePath);
        TrainedNetwork network = loaded.Model.TwoLayer();
        ExperimentFile.Save(_folder.At("again.safetensors"), run.Run with { Model = new LazyModel(network) });
        Assert.Equal(File.ReadAllBytes(FilePath), File.ReadAllBytes(_folder.At("again.safetensors")));
        Assert.Equal(["again.safetensors", "run.safetensors"], _folder.Names);
    }

    [Fact]
    public void The_file_holds_the_tensors_of_the_contract_in_order()
    {
        using SmallRun run = new(Parameters(bias: true, width: 5));
        ExperimentFile.Save(FilePath, run.Run);
        using SafetensorsReader reader = SafetensorsReader.Open(FilePath);
        Assert.Equal(
            ["W F32 [5, 5]", "W0 F32 [5, 5]", "a F32 [5]", "x F32 [3, 4]", "y F32 [3]", "delta F32 [3, 4]", "status I32 [3]"],
            reader.Tensors.Select(tensor => $"{tensor.Name} {tensor.Type} {tensor.ShapeText}"));
        Assert.Equal(run.Run.Attacked.Inputs.Data, reader.ReadAll<float>("x"));
        Assert.Equal([-1, 1, 1], reader.ReadAll<float>("y"));
        Assert.Equal(run.Run.Perturbations.Data, reader.ReadAll<float>("delta"));
        Assert.Equal([1, 0, 4], reader.ReadAll<int>("status"));
        float[] row = new float[5];
        run.Run.TwoLayer().Network.Weights.CopyRowTo(1, row);
        Assert.Equal(row, reader.ReadAll<float>("W")[5..10]);
    }

    [Fact]
    public void Metadata_holds_what_determines_the_numbers_and_nothing_else()
    {
        using SmallRun run = new(Parameters(bias: true, width: 5));
        ExperimentFile.Save(FilePath, run.Run);
        byte[] file = File.ReadAllBytes(FilePath);
        string header = Encoding.UTF8.GetString(file, 8, file[8..].AsSpan().IndexOf((byte)'}') + 1);
        Assert.Equal(
            """{"__metadata__":{"format":"onestep-experiment-1","digits":"0+2,1+3","side":"2","antialias":"true","normalize":"false","width":"5","c0":"0.1","seed":"18446744073709551615","initialization":"standard","bias":"true","untrained":"true","learning-rate":"1E-05","batch":"7","ball":"project","epochs":"3","evaluation-interval":"2","strong":"true","limit":"4","adversarial-budget":"0.25","inner-attack":"onestep","inner-steps":"3","inner-step-size":"0.5","inner-random-start":"true","clip":"true","rescale":"true","adversarial-refresh":"epoch","patience":"6","train-limit":"9","robust-budgets":"0.1,0.25","robust-steps":"7","robust-clip":"true","dataset-fingerprint":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}""",
            header);
    }

    [Fact]
    public void Files_from_before_adversarial_training_load_with_its_defaults()
    {
        string[] added =
        [
            "adversarial-budget", "inner-attack", "inner-steps", "inner-step-size", "inner-random-start", "clip", "rescale", "adversarial-refresh", "patience",
            "train-limit", "robust-budgets", "robust-steps", "robust-clip",
        ];
        Put(_ => { }, metadata => Array.ForEach(added, key => Assert.True(metadata.Remove(key))));
        using LoadedExperiment loaded = ExperimentFile.Load(FilePath);
        var defaults = new ExperimentParameters();
        Assert.Equal(
            Parameters(bias: false, width: 2) with
            {
                Adversarial = defaults.Adversarial, TrainLimit = null, RobustBudgets = defaults.RobustBudgets, RobustSteps = defaults.RobustSteps, RobustClip = false,
            },
            loaded.Parameters);
    }

    [Fact]
    public void Tensors_about_the_attacked_inputs_may_be_missing()
    {
        Put(tensors => tensors.RemoveAll(tensor => tensor.Info.Name is "x" or "y" or "delta" or "status"));
        ExperimentFile.Load(FilePath).Model.Dispose();
    }

    [Theory]
    [InlineData("W")]
    [InlineData("W0")]
    [InlineData("a")]
    public void A_missing_tensor_is_named(string name)
    {
        Put(tensors => tensors.RemoveAll(tensor => tensor.Info.Name == name));
        AssertLoadFails($"no tensor '{name}'");
    }

    [Theory]
    [InlineData("W", 3, 4)]
    [InlineData("W", 2, 5)]
    [InlineData("W0", 8)]
    [InlineData("W0", 2, 4, 1)]
    [InlineData("a", 3)]
    [InlineData("x", 3, 5)]
    [InlineData("y", 2)]
    [InlineData("delta", 2, 4)]
    [InlineData("x")]
    public void A_wrong_shape_is_named(string name, params int[] shape)
    {
        long[] sizes = [.. shape.Select(size => (long)size)];
        Put(tensors => Replace(tensors, Constant(name, TensorType.F32, sizes)));
        AssertLoadFails($"'{name}'", $"[{string.Join(", ", shape)}]");
    }

    [Theory]
    [InlineData("W", 2, 4)]
    [InlineData("a", 2)]
    [InlineData("y", 3)]
    public void Integers_in_place_of_floats_are_named(string name, params int[] shape)
    {
        long[] sizes = [.. shape.Select(size => (long)size)];
        Put(tensors => Replace(tensors, Constant(name, TensorType.I32, sizes)));
        AssertLoadFails($"'{name}'", "I32", "F32");
    }

    [Fact]
    public void Status_codes_as_floats_are_named()
    {
        Put(tensors => Replace(tensors, Constant("status", TensorType.F32, [3])));
        AssertLoadFails("'status'", "F32", "I32");
    }

    [Fact]
    public void More_inputs_than_the_limit_are_named()
    {
        Put(_ => { }, metadata => metadata["limit"] = "2");
        AssertLoadFails("'x'", "3 rows", "limits them to 2");
    }

    [Theory]
    [InlineData("W", float.NaN)]
    [InlineData("W0", float.PositiveInfinity)]
    public void Weights_that_are_not_finite_are_refused(string name, float value)
    {
        Put(tensors => Replace(tensors, new(new(name, TensorType.F32, [2, 4]), sink => sink.Write([0, 0, 0, 0, 0, 0, value, 0]))));
        AssertLoadFails($"'{name}'", "row 1", "not finite");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.5f)]
    [InlineData(-2f)]
    [InlineData(float.NaN)]
    public void Signs_other_than_one_are_refused(float sign)
    {
        Put(tensors => Replace(tensors, new(new("a", TensorType.F32, [2]), sink => sink.Write([1f, sign]))));
        AssertLoadFails("'a'", "element 1");
    }

    [Theory]
    [InlineData("format", "onestep-experiment-2")]
    [InlineData("format", null)]
    [InlineData("digits", "0")]
    [InlineData("digits", null)]
    [InlineData("side", "0")]
    [InlineData("side", "2.5")]
    [InlineData("side", "99999999999")]
    [InlineData("antialias", "True")]
    [InlineData("width", "-1")]
    [InlineData("c0", "NaN")]
    [InlineData("c0", "∞")]
    [InlineData("c0", "1,5")]
    [InlineData("seed", "-1")]
    [InlineData("initialization", "1")]
    [InlineData("ball", "round")]
    [InlineData("learning-rate", "0")]
    [InlineData("batch", "0")]
    [InlineData("epochs", "")]
    [InlineData("limit", "all")]
    [InlineData("limit", "0")]
    [InlineData("train-limit", "0")]
    [InlineData("adversarial-budget", "-1")]
    [InlineData("inner-attack", "fgsm")]
    [InlineData("inner-steps", "0")]
    [InlineData("inner-step-size", "none")]
    [InlineData("adversarial-refresh", "step")]
    [InlineData("patience", "0")]
    [InlineData("robust-budgets", "0.1;0.2")]
    [InlineData("robust-budgets", "-1")]
    [InlineData("robust-steps", "0")]
    [InlineData("dataset-fingerprint", "0123")]
    [InlineData("dataset-fingerprint", null)]
    public void Metadata_that_is_missing_or_wrong_is_named(string key, string? value)
    {
        Put(_ => { }, metadata =>
        {
            metadata.Remove(key);
            if (value is not null)
            {
                metadata.Add(key, value);
            }
        });
        AssertLoadFails(key, value ?? "no metadata entry");
    }

    [Fact]
    public void An_odd_antisymmetric_network_is_refused()
    {
        Put(_ => { }, metadata => (metadata["initialization"], metadata["width"]) = ("antisymmetric", "3"));
        AssertLoadFails("width is 3", "even");
    }

    [Fact]
    public void A_file_of_another_kind_is_named()
    {
        _folder.Put("run.safetensors", Encoding.UTF8.GetBytes("This is not a network at all."));
        AssertLoadFails("not a safetensors file");
    }

    [Fact]
    public void A_missing_file_is_named() => AssertLoadFails("does not exist");

    [Fact]
    public void A_cancelled_save_leaves_nothing_behind()
    {
        using SmallRun run = new(Parameters(bias: false, width: 5));
        Assert.Throws<OperationCanceledException>(() => ExperimentFile.Save(FilePath, run.Run, new CancellationToken(canceled: true)));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_cancelled_load_ends()
    {
        Put(_ => { });
        Assert.Throws<OperationCanceledException>(() => ExperimentFile.Load(FilePath, new CancellationToken(canceled: true)));
    }
}
