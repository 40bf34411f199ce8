using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>
/// How few coordinates move all outputs of a deep network to prescribed values, after [SSRD19] (docs/mathematics.md §17): of
/// every attacked input, whatever the network says of it, the largest output and that of the next class are exchanged, the
/// first class coming after the last; a single output is turned into its opposite.
/// </summary>
/// <param name="Outputs">K, how many outputs are moved: one a class, and one for two classes.</param>
/// <param name="Free">Where coordinates may take any value.</param>
/// <param name="Bounded">Where x + δ stays in [0, 1].</param>
public sealed record OutputMoves(int Outputs, OutputMoveSummary Free, OutputMoveSummary Bounded);

/// <summary>Walks to the prescribed outputs; the summaries are over the inputs that got there.</summary>
/// <param name="Attempted">How many inputs there are.</param>
/// <param name="Reached">Of how many the outputs were moved to where they should be.</param>
/// <param name="Coordinates">The Hamming distance: how many coordinates changed.</param>
/// <param name="Regions">Linear regions visited.</param>
/// <param name="Folds">How often the path would have folded back.</param>
public sealed record OutputMoveSummary(int Attempted, int Reached, Summary Coordinates, Summary Regions, Summary Folds);
