namespace OneStep.Experiments.Kinds;

/// <summary>What an experiment measured.</summary>
/// <param name="Json">The numbers as one JSON object: <c>parameters</c> with the seed, counts, summaries, <c>seconds</c> last. Statistics
/// of nothing are null.</param>
/// <param name="Columns">The names of the columns of <paramref name="Rows"/>.</param>
/// <param name="Rows">One row a network, or an input: numbers and plain words, without a comma; empty where there is no number.</param>
public sealed record Measurement(string Json, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
