namespace OneStep.Studies;

/// <summary>How a cell was computed; nothing here changes a number, and no table shows it.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="InstructionSet">The widest vectors used.</param>
/// <param name="Threads">How many threads the cell had.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record CellProvenance(string Version, string InstructionSet, int Threads, double Seconds);
