using System.Buffers.Binary;

namespace OneStep.EndToEnd.Cli;

public class DamagedFileTests
{
    private static readonly string[] Small = ["attack", "--width", "64", "--side", "5", "--limit", "20", "--no-progress"];

    [Fact]
    public void A_truncated_data_file_is_named()
    {
        using var folder = new TemporaryFolder();
        byte[] header = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(header, 0x803);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 100);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), 28);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(12), 28);
        File.WriteAllBytes(folder.File("train-images-idx3-ubyte"), [.. header, .. new byte[50]]);

        ProcessOutcome outcome = OneStepProcess.Run([.. Small, "--data", folder.ToString()]);

        AssertFailedNaming("train-images-idx3-ubyte", outcome);
    }

    [Fact]
    public void A_network_file_with_a_lying_header_is_named()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("lying.safetensors");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, ulong.MaxValue / 2);
        File.WriteAllBytes(file, [.. length, .. "{}"u8]);

        AssertFailedNaming("lying.safetensors", OneStepProcess.Run("attack", "--load", file));
    }

    [Fact]
    public void A_network_file_cut_short_is_named_and_nothing_is_left_behind()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("run.safetensors");
        Assert.Equal(0, OneStepProcess.Run([.. Small, "--save", file]).ExitCode);
        byte[] whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..(whole.Length / 2)]);

        AssertFailedNaming("run.safetensors", OneStepProcess.Run("attack", "--load", file, "--save", folder.File("again.safetensors")));
        Assert.Equal([file], folder.Entries);
    }

    private static void AssertFailedNaming(string file, ProcessOutcome outcome)
    {
        Assert.Equal((1, string.Empty), (outcome.ExitCode, outcome.Output));
        WrongUsageTests.AssertIsSentence(outcome.Error);
        Assert.Contains(file, outcome.Error, StringComparison.Ordinal);
    }
}
