namespace OneStep.Numerics;

/// <summary>
/// The smallest solution u of few equations A u = r in at least as many unknowns: rows are made orthonormal one after the
/// other, A = L Q, so that u = Qᵀ L⁻¹ r. Where rows depend on each other within rounding, the solution is very long instead
/// of wrong without notice.
/// </summary>
internal sealed class MinimumNormSystem
{
    // A row that keeps no more than this of its length depends on the ones before it.
    private const double Dependent = 1e-12;

    // The length that a row of zeros counts as: its equation has a solution far away, and no infinite one.
    private const double LeastLength = 1e-100;

    private double[][] _rows = [];
    private double[][] _lower = [];
    private double[] _forward = [];
    private int _count;
    private int _unknowns;

    /// <summary>Starts anew, with no equations.</summary>
    public void Clear(int unknowns)
    {
        _count = 0;
        _unknowns = unknowns;
    }

    /// <summary>Adds an equation.</summary>
    /// <param name="row">A row of A, as many numbers as unknowns.</param>
    public void Add(ReadOnlySpan<double> row)
    {
        MakeRoom();
        double[] own = _rows[_count];
        double[] lower = _lower[_count];
        row[.._unknowns].CopyTo(own);
        double length = Norm(own);
        Array.Clear(lower);

        // Twice is enough: what is left is orthogonal to the last digit.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < _count; i++)
            {
                double part = Dot(own, _rows[i]);
                lower[i] += part;
                for (int k = 0; k < _unknowns; k++)
                {
                    own[k] -= part * _rows[i][k];
                }
            }
        }

        double rest = Norm(own);
        lower[_count] = Math.Max(rest, Dependent * Math.Max(length, LeastLength));
        for (int k = 0; k < _unknowns; k++)
        {
            own[k] = rest > 0 ? own[k] / rest : 0;
        }

        _count++;
    }

    /// <summary>Solves the equations.</summary>
    /// <param name="right">r, one number an equation.</param>
    /// <param name="solution">Receives u.</param>
    /// <param name="duals">Receives (A Aᵀ)⁻¹ r, one number an equation: what another unknown with the column c would carry
    /// grows with |c · duals|.</param>
    public void Solve(ReadOnlySpan<double> right, Span<double> solution, Span<double> duals)
    {
        solution[.._unknowns].Clear();
        for (int i = 0; i < _count; i++)
        {
            double value = right[i];
            for (int j = 0; j < i; j++)
            {
                value -= _lower[i][j] * _forward[j];
            }

            _forward[i] = value / _lower[i][i];
            for (int k = 0; k < _unknowns; k++)
            {
                solution[k] += _forward[i] * _rows[i][k];
            }
        }

        for (int i = _count - 1; i >= 0; i--)
        {
            double value = _forward[i];
            for (int j = i + 1; j < _count; j++)
            {
                value -= _lower[j][i] * duals[j];
            }

            duals[i] = value / _lower[i][i];
        }
    }

    private void MakeRoom()
    {
        if (_rows.Length <= _count)
        {
            int room = Math.Max(8, 2 * _rows.Length);
            Array.Resize(ref _rows, room);
            Array.Resize(ref _lower, room);
            Array.Resize(ref _forward, room);
        }

        if (_rows[_count] is null || _rows[_count].Length < _unknowns)
        {
            _rows[_count] = new double[2 * _unknowns];
        }

        if (_lower[_count] is null || _lower[_count].Length < _rows.Length)
        {
            _lower[_count] = new double[_rows.Length];
        }
    }

    private double Norm(ReadOnlySpan<double> vector) => Math.Sqrt(Dot(vector, vector));

    private double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < _unknowns; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
