using System.Reflection;
using System.Runtime.Intrinsics;

namespace OneStep.Cli;

/// <summary>Which program this is and what it runs on; nothing here changes a number.</summary>
internal static class ProgramVersion
{
    /// <summary>The version without the commit, for example <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The widest vectors that this machine computes with.</summary>
    public static string InstructionSet =>
        Vector512.IsHardwareAccelerated ? "512-bit vectors"
        : Vector256.IsHardwareAccelerated ? "256-bit vectors"
        : Vector128.IsHardwareAccelerated ? "128-bit vectors"
        : "no vectors";
}
