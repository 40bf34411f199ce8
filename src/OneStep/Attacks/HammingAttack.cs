using OneStep.Attacks.Hamming;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// Flips predictions by changing as few coordinates as it can: every candidate coordinate is tried alone, exactly along its
/// line and in both directions; where none suffices, coordinates are added greedily and those that turn out to be needless are
/// taken back (docs/mathematics.md §17, after [SSRD19]). Among equally few coordinates the shortest δ counts.
/// </summary>
/// <remarks>Candidates are ranked by the gradient. With all of them (<see cref="Candidates"/> = null) a flip by one coordinate is
/// found whenever the function has one; with more coordinates the search is greedy and proves nothing.</remarks>
public sealed record HammingAttack : IMinimumNormAttack
{
    private const int MostNumbers = 2_000_000;

    /// <summary>How many coordinates are tried in every round, those with the steepest gradient, at least 1; null for all.
    /// Default 32.</summary>
    public int? Candidates { get; init; } = 32;

    /// <summary>The most coordinates that may change, at least 1. Default 64.</summary>
    public int MaximumCoordinates { get; init; } = 64;

    /// <summary>Whether x + δ must stay in [0, 1] in every coordinate; x itself does. Default false.</summary>
    public bool Clip { get; init; }

    /// <inheritdoc/>
    public string Name => "hamming";

    /// <inheritdoc/>
    public NormKind Norm => NormKind.L0;

    /// <inheritdoc/>
    /// <exception cref="InvalidParameterException">An option is outside of its range.</exception>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(Candidates is null or >= 1, "candidates", Candidates, "an integer from 1 on");
        InvalidParameterException.Require(MaximumCoordinates >= 1, "maximum-coordinates", MaximumCoordinates, "an integer from 1 on");
        int count = inputs.Inputs.Rows;
        int dimension = inputs.Inputs.Columns;
        var perturbations = new Matrix<float>(count, dimension);
        RayCrossing[] crossings = new RayCrossing[count];
        Array.Fill(crossings, RayCrossing.None);
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(execution.Threads);

        // Two rays a candidate: as many inputs at a time as bound memory.
        int tried = Math.Min(Candidates ?? dimension, dimension);
        int block = (int)Math.Max(1, MostNumbers / (2L * tried * dimension));
        for (int first = 0; first < count; first += block)
        {
            int length = Math.Min(block, count - first);
            var search = new HammingSearch(this, inputs, first, length, workspace, execution);
            bool[] found = search.Run();
            for (int i = 0; i < length; i++)
            {
                if (found[i])
                {
                    // δ stands in the direction as it is: its length is not the verifier's to change.
                    search.Perturbations.Row(i).CopyTo(perturbations.Row(first + i));
                    crossings[first + i] = new(1, 0);
                }
            }

            execution.Progress?.Report(new(Name, first + length, count));
        }

        return new(perturbations, crossings);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Name} (candidates {(Candidates is { } most ? $"{most}" : "all")}, at most {MaximumCoordinates} coordinates{(Clip ? ", clipped" : string.Empty)})");
}
