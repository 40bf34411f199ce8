using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// The inputs of a chunk that an iterative attack is still at work on, with f and ∇f at their present points. Inputs that are
/// finished leave it and cost no further pass. A position counts the inputs at work, a row all inputs of the chunk.
/// </summary>
internal sealed class AttackBatch
{
    // Inputs that a thread takes at once, and the fewest coordinates of a batch that are worth waking threads for.
    private const int InputsAnItem = 16;
    private const int WorthThreads = 1 << 16;

    // A score this part of the first one beyond zero has the sign that float64 will see, but for scores next to zero.
    private const double CertainPart = 1e-6;

    private readonly IScoreFunction _function;
    private readonly Matrix<float> _inputs;
    private readonly int[] _signs;
    private readonly double[] _certain;
    private readonly ScoreWorkspace _workspace;
    private readonly CancellationToken _cancellation;
    private readonly bool[] _finished;
    private int[] _rows;

    /// <summary>Starts at the inputs themselves, δ = 0, where f and ∇f are known.</summary>
    /// <param name="inputs">All inputs.</param>
    /// <param name="first">The first of the chunk.</param>
    /// <param name="length">How many the chunk has.</param>
    /// <param name="workspace">The buffers for passes.</param>
    /// <param name="cancellation">Ends calls early.</param>
    public AttackBatch(AttackInputs inputs, int first, int length, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        _function = inputs.Function;
        _inputs = inputs.Inputs.RowRange(first, length);
        _workspace = workspace;
        _cancellation = cancellation;
        _finished = new bool[length];
        _rows = [.. Enumerable.Range(0, length)];
        Scores = inputs.Scores[first..(first + length)];
        _signs = Array.ConvertAll(Scores, Math.Sign);
        _certain = Array.ConvertAll(Scores, score => CertainPart * Math.Abs(score));
        Gradients = inputs.Gradients.RowRange(first, length);
        Points = inputs.Inputs.RowRange(first, length);
        Perturbations = new(length, _inputs.Columns);
    }

    /// <summary>How many inputs are still at work.</summary>
    public int Count => _rows.Length;

    /// <summary>How many inputs the chunk has.</summary>
    public int Length => _signs.Length;

    /// <summary>f at the points last evaluated, one a position.</summary>
    public double[] Scores { get; private set; }

    /// <summary>∇f there, one row a position.</summary>
    public Matrix<float> Gradients { get; private set; }

    /// <summary>x + δ rounded to float32, one row a position.</summary>
    public Matrix<float> Points { get; private set; }

    /// <summary>δ, one row a row of the chunk.</summary>
    public Matrix<float> Perturbations { get; }

    /// <summary>The row of the chunk that stands at a position.</summary>
    public int RowAt(int position) => _rows[position];

    /// <summary>The sign of f(x).</summary>
    public int SignOf(int row) => _signs[row];

    /// <summary>ŷ f at the point last evaluated: negative where it is adversarial.</summary>
    public double MarginAt(int position) => _signs[_rows[position]] * Scores[position];

    /// <summary>Whether the point last evaluated is adversarial by more than single precision could mistake.</summary>
    public bool IsAdversarial(int position) => MarginAt(position) < -_certain[_rows[position]];

    /// <summary>How far the score is from one that is adversarial beyond doubt; positive where it is not adversarial.</summary>
    public double MissingAt(int position) => MarginAt(position) + (2 * _certain[_rows[position]]);

    /// <summary>x.</summary>
    public ReadOnlySpan<float> Input(int row) => _inputs.Row(row);

    /// <summary>Calls <paramref name="body"/> with every position and its row, on several threads where it is worth it.</summary>
    public void ForEach(Action<int, int> body)
    {
        int threads = (long)Count * _inputs.Columns < WorthThreads ? 1 : _workspace.Threads;
        WorkGrid.Run((Count + InputsAnItem - 1) / InputsAnItem, threads, _cancellation, (item, _) =>
        {
            int end = Math.Min((item + 1) * InputsAnItem, Count);
            for (int position = item * InputsAnItem; position < end; position++)
            {
                body(position, _rows[position]);
            }
        });
    }

    /// <summary>Sets the point that belongs to δ.</summary>
    public void SetPoint(int position) =>
        Vectors.Sum(_inputs.Row(_rows[position]), Perturbations.Row(_rows[position]), Points.Row(position));

    /// <summary>Computes f and, where asked for, ∇f at the points.</summary>
    public void Evaluate(bool gradients)
    {
        if (Count > 0)
        {
            _function.ScoresAndGradients(Points, Scores, gradients ? Gradients : null, _workspace, _cancellation);
        }
    }

    /// <summary>Follows rays to their first sign change.</summary>
    public void Follow(RayBatch rays, Span<RayCrossing> crossings) => _function.FirstSignChanges(rays, crossings, _workspace, _cancellation);

    /// <summary>Says that an input is finished; it leaves with the next <see cref="RemoveFinished"/>.</summary>
    public void Finish(int position) => _finished[_rows[position]] = true;

    /// <summary>Lets those leave that are finished.</summary>
    public void RemoveFinished()
    {
        int[] stay = [.. Enumerable.Range(0, Count).Where(position => !_finished[_rows[position]])];
        if (stay.Length == Count)
        {
            return;
        }

        _rows = [.. stay.Select(position => _rows[position])];
        Scores = [.. stay.Select(position => Scores[position])];
        Gradients = Gradients.SelectRows(stay);
        Points = Points.SelectRows(stay);
    }
}
