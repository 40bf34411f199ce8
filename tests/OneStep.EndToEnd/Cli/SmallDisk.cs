using System.Diagnostics;

namespace OneStep.EndToEnd.Cli;

/// <summary>A file system of a few hundred kilobytes in memory, which only the superuser of a Linux machine can have.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Small = "size=300k";
    private const string Large = "size=64m";

    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Mounts one on a new folder, or skips the test where that is impossible.</summary>
    public static SmallDisk Mount(string path)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has a tmpfs to fill.");
        Directory.CreateDirectory(path);
        Skip.IfNot(TryRun("mount", "-t", "tmpfs", "-o", Small, "tmpfs", path), "A tmpfs cannot be mounted here; that takes the superuser.");
        return new SmallDisk(path);
    }

    /// <summary>Makes room.</summary>
    public void Grow() => Assert.True(TryRun("mount", "-o", "remount," + Large, Path), "The tmpfs could not be enlarged.");

    public void Dispose() => TryRun("umount", Path);

    private static bool TryRun(string program, params string[] args)
    {
        var info = new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process? process = Process.Start(info);
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
