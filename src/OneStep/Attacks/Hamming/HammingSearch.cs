using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks.Hamming;

/// <summary>The search of <see cref="HammingAttack"/> on one block of inputs, all in step.</summary>
internal sealed class HammingSearch
{
    // Where no coordinate flips, so many of the candidates are tried as the next one to change, at these parts of the room
    // they have, or of the length that the gradient would ask of one alone.
    private const int Grown = 16;
    private static readonly double[] PartsOfRoom = [0.25, 0.5, 1];
    private static readonly double[] PartsOfLength = [0.5, 1, 2, 4];

    private readonly HammingAttack _attack;
    private readonly IScoreFunction _function;
    private readonly Matrix<float> _inputs;
    private readonly int[] _signs;
    private readonly double[] _scores;
    private readonly Matrix<float> _gradients;
    private readonly CoordinateRays _lines;
    private readonly ScoreWorkspace _workspace;
    private readonly AttackExecution _execution;

    public HammingSearch(HammingAttack attack, AttackInputs inputs, int first, int length, ScoreWorkspace workspace, AttackExecution execution)
    {
        _attack = attack;
        _function = inputs.Function;
        _inputs = inputs.Inputs.RowRange(first, length);
        _scores = inputs.Scores[first..(first + length)];
        _signs = [.. _scores.Select(Math.Sign)];
        _gradients = inputs.Gradients.RowRange(first, length);
        Perturbations = new(length, _inputs.Columns);
        _lines = new(_inputs, Perturbations, attack.Clip);
        _workspace = workspace;
        _execution = execution;
    }

    /// <summary>δ, [n, d].</summary>
    public Matrix<float> Perturbations { get; }

    /// <summary>Searches.</summary>
    /// <returns>Which inputs have a perturbation that float64 confirms, [n].</returns>
    public bool[] Run()
    {
        int[] open = [.. Enumerable.Range(0, _inputs.Rows)];
        var flipped = new List<int>();
        for (int changed = 1; open.Length > 0; changed++)
        {
            HashSet<int> done = [.. FlipByOne(open, row => Ranked(row, _attack.Candidates ?? _inputs.Columns))];
            flipped.AddRange(done);
            open = [.. open.Where(row => !done.Contains(row))];
            if (changed >= _attack.MaximumCoordinates)
            {
                break;
            }

            open = Grow(open);
            EvaluateAt(open);
            flipped.AddRange(open.Where(row => Margin(row, _scores[row]) < 0));
            open = [.. open.Where(row => Margin(row, _scores[row]) >= 0)];
        }

        flipped.Sort();
        TakeBack([.. flipped]);
        return Confirm(flipped);
    }

    /// <summary>Changes one more coordinate, or a changed one once more, where that alone flips; the shortest such δ.</summary>
    /// <returns>Which inputs are flipped now.</returns>
    private List<int> FlipByOne(int[] rows, Func<int, IEnumerable<int>> coordinates)
    {
        CoordinateRay[] rays = [.. rows.SelectMany(row => coordinates(row).SelectMany(k => _lines.Both(row, k, ExpectedLength(row, k))))];
        RayCrossing[] crossings = _lines.Follow(rays, _function, _workspace, _execution.Cancellation);
        return Best(rays, i => crossings[i].Exists ? NormAfter(rays[i], crossings[i].Length) : double.PositiveInfinity, i => crossings[i].Length);
    }

    /// <summary>Changes the coordinate that takes the score nearest to the other sign; inputs where none does are given up.</summary>
    private int[] Grow(int[] rows)
    {
        double[] parts = _attack.Clip ? PartsOfRoom : PartsOfLength;
        CoordinateRay[] rays = [.. rows
            .SelectMany(row => Ranked(row, Math.Min(Grown, _attack.Candidates ?? Grown)).SelectMany(k => _lines.Both(row, k, ExpectedLength(row, k))))
            .Where(ray => ray.Sign == Descent(ray.Row, ray.Coordinate))
            .SelectMany(ray => parts.Select(part => ray with { Expected = part * (_attack.Clip ? ray.Limit : ray.Expected) }))];
        double[] scores = _lines.Scores(rays, i => rays[i].Expected, _function, _workspace, _execution.Cancellation);
        return [.. Best(
            rays,
            i => Margin(rays[i].Row, scores[i]) < Margin(rays[i].Row, _scores[rays[i].Row]) ? Margin(rays[i].Row, scores[i]) : double.PositiveInfinity,
            i => rays[i].Expected)];
    }

    /// <summary>Undoes one change after the other, where another changed coordinate can make up for it.</summary>
    private void TakeBack(int[] rows)
    {
        for (int[] open = [.. rows.Where(row => Changed(row).Length > 1)]; open.Length > 0;)
        {
            var shorter = new List<int>();
            foreach (int row in open)
            {
                float[] before = Perturbations.Row(row).ToArray();
                foreach (int dropped in Changed(row).OrderBy(k => Math.Abs(before[k])).ThenBy(k => k))
                {
                    Perturbations[row, dropped] = 0;
                    EvaluateAt([row]);
                    if (Margin(row, _scores[row]) < 0 || FlipByOne([row], Changed).Count > 0)
                    {
                        shorter.Add(row);
                        break;
                    }

                    before.CopyTo(Perturbations.Row(row));
                }
            }

            open = [.. shorter.Where(row => Changed(row).Length > 1)];
        }
    }

    /// <summary>Shortens every δ to the first sign change on its ray, and confirms it in float64 as it is stored.</summary>
    private bool[] Confirm(List<int> flipped)
    {
        bool[] confirmed = new bool[_inputs.Rows];
        int[] rows = [.. flipped];
        if (rows.Length == 0)
        {
            return confirmed;
        }

        Matrix<float> inputs = _inputs.SelectRows(rows);
        Matrix<float> directions = Perturbations.SelectRows(rows);
        double[] lengths = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            lengths[i] = Vectors.SetUnit(directions.Row(i), 1, directions.Row(i));
        }

        RayCrossing[] crossings = new RayCrossing[rows.Length];
        _function.FirstSignChanges(new(inputs, directions) { ExpectedLengths = lengths }, crossings, _workspace, _execution.Cancellation);
        var stored = new Matrix<float>(rows.Length, inputs.Columns);
        int[] signs = [.. rows.Select(row => _signs[row])];
        var region = new PerturbationRegion(double.PositiveInfinity, _attack.Clip, NormKind.L0);
        (BoundedScore Score, bool Flipped)[] verdicts = new FlipVerifier(_function, _execution with { Progress = null })
            .Verify(inputs, signs, new(directions, crossings), region, stored);
        for (int i = 0; i < rows.Length; i++)
        {
            stored.Row(i).CopyTo(Perturbations.Row(rows[i]));
            confirmed[rows[i]] = verdicts[i].Flipped;
        }

        return confirmed;
    }

    /// <summary>Applies the best way of every input.</summary>
    /// <param name="rays">The ways, those of one input together.</param>
    /// <param name="cost">What makes one better, the less the better; +∞ for one that is none.</param>
    /// <param name="length">How far to go on it.</param>
    /// <returns>The inputs that have a way.</returns>
    private List<int> Best(CoordinateRay[] rays, Func<int, double> cost, Func<int, double> length)
    {
        var moved = new List<int>();
        for (int first = 0, end; first < rays.Length; first = end)
        {
            int row = rays[first].Row;
            int best = first;
            for (end = first; end < rays.Length && rays[end].Row == row; end++)
            {
                best = cost(end) < cost(best) ? end : best;
            }

            if (double.IsFinite(cost(best)))
            {
                Perturbations[row, rays[best].Coordinate] += (float)(rays[best].Sign * length(best));
                moved.Add(row);
            }
        }

        return moved;
    }

    /// <summary>f and ∇f at x + δ of some inputs.</summary>
    private void EvaluateAt(int[] rows)
    {
        var points = new Matrix<float>(rows.Length, _inputs.Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            Vectors.Sum(_inputs.Row(rows[i]), Perturbations.Row(rows[i]), points.Row(i));
        }

        double[] scores = new double[rows.Length];
        var gradients = new Matrix<float>(rows.Length, _inputs.Columns);
        _function.ScoresAndGradients(points, scores, gradients, _workspace, _execution.Cancellation);
        for (int i = 0; i < rows.Length; i++)
        {
            _scores[rows[i]] = scores[i];
            gradients.Row(i).CopyTo(_gradients.Row(rows[i]));
        }
    }

    /// <summary>The coordinates along which the score falls fastest; with bounds, falls most.</summary>
    private IEnumerable<int> Ranked(int row, int count) => Enumerable.Range(0, _inputs.Columns)
        .OrderByDescending(k => Math.Abs((double)_gradients[row, k]) * (_attack.Clip ? _lines.RoomOf(row, k, Descent(row, k)) : 1))
        .ThenBy(k => k)
        .Take(count);

    private int[] Changed(int row) => [.. Enumerable.Range(0, _inputs.Columns).Where(k => Perturbations[row, k] != 0)];

    private int Descent(int row, int k) => _signs[row] * _gradients[row, k] > 0 ? -1 : 1;

    private double Margin(int row, double score) => _signs[row] * score;

    private double ExpectedLength(int row, int k) => Math.Abs(_scores[row] / _gradients[row, k]);

    private double NormAfter(CoordinateRay ray, double length)
    {
        Span<float> perturbation = Perturbations.Row(ray.Row);
        double norm = Vectors.Norm(perturbation);
        double before = perturbation[ray.Coordinate];
        double after = before + (ray.Sign * length);
        return Math.Sqrt(Math.Max((norm * norm) - (before * before), 0) + (after * after));
    }
}
