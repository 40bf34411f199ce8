using System.Runtime.Intrinsics;

namespace OneStep.EndToEnd.Cli;

/// <summary>
/// Whole runs on narrower vectors, by the runtime's switches: they save the same bytes as the widest. The report names the
/// vectors that were used, which shows that the switch took effect. Runs are small, since the portable path is slow.
/// </summary>
public class InstructionSetTests
{
    private const string Without = "no vectors";

    private static readonly string Vectors128 = Vector128.IsHardwareAccelerated ? "128-bit vectors" : Without;
    private static readonly string Vectors256 = Vector256.IsHardwareAccelerated ? "256-bit vectors" : Vectors128;
    private static readonly string Vectors512 = Vector512.IsHardwareAccelerated ? "512-bit vectors" : Vectors256;

    public static TheoryData<string[]> Runs { get; } =
    [
        ["--side", "10", "--width", "500", "--limit", "60"],
        ["--side", "5", "--limit", "100", "--width", "322", "--strong", "--initialization", "antisymmetric"],
        ["--side", "5", "--limit", "100", "--width", "321", "--bias", "--ball", "project", "--c0", "2"],
        ["--side", "5", "--limit", "60", "--hidden", "40,24", "--digits", "0,1,2", "--bias", "--train-limit", "600"],
        ["--side", "5", "--limit", "30", "--hidden", "33,20,10", "--method", "pgd", "--norm", "linf", "--train-limit", "600"],
    ];

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_vector_width_and_number_of_threads_saves_the_same_file(string[] options)
    {
        (string Vectors, string? Switch, string[] Threads)[] paths =
        [
            (Vectors512, null, ["1", "2", "3", "8"]),
            (Vectors256, "DOTNET_EnableAVX512", ["3"]),
            (Vectors128, "DOTNET_EnableAVX2", ["2"]),
            (Without, "DOTNET_EnableHWIntrinsic", ["2"]),
        ];
        using var folder = new TemporaryFolder();
        byte[]? first = null;
        foreach ((string vectors, string? runtimeSwitch, string[] threadCounts) in paths)
        {
            foreach (string threads in threadCounts)
            {
                string file = folder.File("run.safetensors");
                string report = folder.File("report.html");
                ProcessOutcome outcome = OneStepProcess.RunWith(
                    runtimeSwitch is null ? [] : [new(runtimeSwitch, "0")],
                    ["attack", "--epochs", "1", "--no-progress", .. options, "--threads", threads, "--save", file, "--report", report]);

                Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
                Assert.Contains(vectors, File.ReadAllText(report), StringComparison.Ordinal);
                byte[] saved = File.ReadAllBytes(file);
                first ??= saved;
                Assert.True(first.AsSpan().SequenceEqual(saved), $"{vectors} on {threads} threads gave another file.");
            }
        }
    }
}
