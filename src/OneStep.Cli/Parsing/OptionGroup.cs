using System.CommandLine;

namespace OneStep.Cli.Parsing;

/// <summary>Options that stand together on the help page.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Options">The options, in the order shown.</param>
internal sealed record OptionGroup(string Title, IReadOnlyList<Option> Options);
