using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Attacks.Hamming;

/// <summary>
/// Moves all outputs of a network to prescribed values by changing few coordinates of the input: a construction after
/// [SSRD19] (docs/mathematics.md §17). About as many coordinates are chosen as there are outputs; inside a linear region the
/// wanted change is the solution of a linear system; the walk goes to the region's boundary, solves again behind it, and so
/// on. A coordinate is added where the path would fold back or the system becomes ill-conditioned, and another one takes over
/// where a coordinate reaches the edge of the pixel range.
/// </summary>
public sealed record LinearSystemWalk
{
    /// <summary>The most coordinates that may change, at least 1; null, the default, for four times the outputs and eight more,
    /// at most d.</summary>
    public int? MaximumCoordinates { get; init; }

    /// <summary>The most linear regions that are visited, at least 1. Default 100000.</summary>
    public int MaximumRegions { get; init; } = 100_000;

    /// <summary>Whether x + δ must stay in [0, 1] in every coordinate, where x is. Default false.</summary>
    public bool Clip { get; init; }

    /// <summary>Moves the outputs of one input.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">x, [d].</param>
    /// <param name="target">The wanted outputs, [K].</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidParameterException">An option is outside of its range.</exception>
    public OutputMove MoveOutputs(DeepNetwork network, ReadOnlySpan<float> input, ReadOnlySpan<double> target, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(network);
        Validate();
        RequireLength(input.Length, network.InputDimension, nameof(input));
        RequireLength(target.Length, network.Outputs, nameof(target));
        return new LinearSystemPath(this, network).Run(input, target, cancellation);
    }

    /// <summary>Moves the outputs of many inputs, each on its own.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="targets">The wanted outputs, [n, K].</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>One result an input, in their order.</returns>
    /// <exception cref="InvalidParameterException">An option is outside of its range.</exception>
    public IReadOnlyList<OutputMove> MoveOutputs(DeepNetwork network, Matrix<float> inputs, Matrix<double> targets, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(execution);
        Validate();
        RequireLength(inputs.Columns, network.InputDimension, nameof(inputs));
        RequireLength(targets.Columns, network.Outputs, nameof(targets));
        RequireLength(targets.Rows, inputs.Rows, nameof(targets));
        OutputMove[] moves = new OutputMove[inputs.Rows];
        LinearSystemPath?[] paths = new LinearSystemPath?[execution.Threads];
        var telling = new Lock();
        int finished = 0;
        WorkGrid.Run(inputs.Rows, execution.Threads, execution.Cancellation, (i, worker) =>
        {
            moves[i] = (paths[worker] ??= new(this, network)).Run(inputs.Row(i), targets.Row(i), execution.Cancellation);
            lock (telling)
            {
                execution.Progress?.Report(new("move-outputs", ++finished, inputs.Rows));
            }
        });
        return moves;
    }

    /// <summary>The outputs with the largest and the one of a class exchanged and a margin added to the latter: what makes a
    /// classifier say that class with the confidence it has now. With a single output, its opposite times the margin.</summary>
    /// <param name="outputs">The outputs at x, [K].</param>
    /// <param name="targetClass">The class that is to win, 0 to K − 1.</param>
    /// <param name="margin">What the winner gets beyond the exchange; with a single output the part of f that is wanted of −f.</param>
    public static double[] Exchanged(ReadOnlySpan<double> outputs, int targetClass, double margin)
    {
        double[] target = outputs.ToArray();
        if (target.Length == 1)
        {
            target[0] *= -margin;
            return target;
        }

        int top = Array.IndexOf(target, target.Max());
        (target[top], target[targetClass]) = (target[targetClass], target[top]);
        target[targetClass] += margin;
        return target;
    }

    private static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"There are {length} numbers where the network and the inputs need {expected}.", name);
        }
    }

    private void Validate()
    {
        InvalidParameterException.Require(MaximumCoordinates is null or >= 1, "maximum-coordinates", MaximumCoordinates, "an integer from 1 on");
        InvalidParameterException.Require(MaximumRegions >= 1, "maximum-regions", MaximumRegions, "an integer from 1 on");
    }
}

/// <summary>How the outputs of one input were moved.</summary>
/// <param name="Reached">Whether the outputs at x + δ, evaluated anew in float64, are the wanted ones to within 10⁻⁴ of the
/// largest wanted change.</param>
/// <param name="Perturbation">δ as stored, [d]; as far as the walk came where the target was not reached.</param>
/// <param name="Coordinates">The coordinates where δ is not zero, ascending: their number is the Hamming distance.</param>
/// <param name="Outputs">The outputs at x + δ in float64, [K].</param>
/// <param name="Regions">Linear regions visited.</param>
/// <param name="Folds">How often the path would have folded back.</param>
public sealed record OutputMove(
    bool Reached, float[] Perturbation, IReadOnlyList<int> Coordinates, double[] Outputs, int Regions, int Folds);
