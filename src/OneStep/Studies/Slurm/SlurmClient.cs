using System.Text.RegularExpressions;

namespace OneStep.Studies.Slurm;

/// <summary>The cluster that Slurm's own programs speak to: <c>sbatch</c>, <c>squeue</c> and <c>scontrol</c>.</summary>
/// <param name="environment">Variables to set for these programs beside those of this process, for example <c>SLURM_CONF</c>; null
/// for none.</param>
/// <param name="folder">The folder of these programs; null where they are on the PATH.</param>
public sealed partial class SlurmClient(IReadOnlyDictionary<string, string>? environment = null, string? folder = null) : ISlurmClient
{
    private readonly SlurmProgram _scontrol = new("scontrol", folder, environment);
    private readonly SlurmProgram _sbatch = new("sbatch", folder, environment);
    private readonly SlurmProgram _squeue = new("squeue", folder, environment);

    /// <summary>Whether Slurm's programs are installed here; not whether a cluster answers them.</summary>
    public bool IsInstalled => _scontrol.IsInstalled && _sbatch.IsInstalled && _squeue.IsInstalled;

    /// <inheritdoc/>
    public int ReadMaxArraySize(CancellationToken cancellation)
    {
        Match match = MaxArraySize().Match(_scontrol.Run(["show", "config"], cancellation));
        return match.Success && int.TryParse(match.Groups["size"].ValueSpan, out int size)
            ? size
            : throw new SlurmException("The answer of 'scontrol show config' does not tell MaxArraySize.");
    }

    /// <inheritdoc/>
    public string Submit(SlurmScript script)
    {
        ArgumentNullException.ThrowIfNull(script);

        // Not to be interrupted: whether the job was taken would remain unknown. With several clusters, the answer also names one.
        string answer = _sbatch.Run(["--parsable", .. script.Arguments, script.Folder.ScriptFile], CancellationToken.None).Trim();
        Match match = JobNumber().Match(answer);
        return match.Success ? match.Groups["job"].Value : throw new SlurmException($"The answer of 'sbatch' is not understood: '{answer}'.");
    }

    /// <inheritdoc/>
    public SlurmQueue ReadQueue(IReadOnlyCollection<string> jobNames, CancellationToken cancellation) =>
        SlurmQueue.Parse(_squeue.Run(["--noheader", "--array", $"--name={string.Join(',', jobNames)}", "--format=%i %T"], cancellation));

    [GeneratedRegex(@"^MaxArraySize\s*=\s*(?<size>[0-9]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MaxArraySize();

    [GeneratedRegex(@"\A(?<job>[0-9]+)(;\S+)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobNumber();
}
