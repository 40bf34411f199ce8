using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

/// <summary>Cells for tests.</summary>
internal static class Cells
{
    /// <summary>A key of the form that the store uses.</summary>
    public static string Key(int number) => $"{number:x32}";

    /// <summary>Cells of these estimates, in seconds.</summary>
    public static SlurmCell[] Of(params double[] seconds) => [.. seconds.Select((s, i) => new SlurmCell(Key(i), s, $"cell {i}"))];

    /// <summary>As many cells of the same estimate, in seconds.</summary>
    public static SlurmCell[] Same(int count, double seconds) => Of([.. Enumerable.Repeat(seconds, count)]);
}
