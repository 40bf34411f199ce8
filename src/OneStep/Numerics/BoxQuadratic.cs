namespace OneStep.Numerics;

/// <summary>
/// Minimises ½ λᵀ G λ + b · λ over 0 ≤ λ ≤ 1 for a few variables, G positive semidefinite: an active-set method that fixes the
/// variable which reaches its bound first and frees the one whose bound is violated most.
/// </summary>
internal sealed class BoxQuadratic
{
    // What G's diagonal is raised by, so that vectors that depend on each other still have a factorisation.
    private const double Ridge = 1e-14;

    // A bound is violated where the gradient asks for more than rounding.
    private const double Tolerance = 1e-12;

    // A variable is freed at most a few times; more rounds than this are a circle that rounding made.
    private const int RoundsAVariable = 20;

    private double[,] _factor = new double[0, 0];
    private double[] _solution = [];
    private int[] _free = [];

    /// <summary>Minimises.</summary>
    /// <param name="gram">G; its first rows and columns count, as many as variables.</param>
    /// <param name="linear">b.</param>
    /// <param name="variables">λ: where to start, in [0, 1], and then the minimiser; at a bound it is exactly 0 or 1.</param>
    public void Minimize(double[,] gram, ReadOnlySpan<double> linear, Span<double> variables)
    {
        int count = variables.Length;
        if (_free.Length < count)
        {
            (_factor, _solution, _free) = (new double[2 * count, 2 * count], new double[2 * count], new int[2 * count]);
        }

        int free = 0;
        for (int s = 0; s < count; s++)
        {
            if (variables[s] is > 0 and < 1)
            {
                _free[free++] = s;
            }
        }

        for (int round = 0; round < RoundsAVariable * (count + 1); round++)
        {
            if (free > 0 && !TryReach(gram, linear, variables, ref free))
            {
                continue;
            }

            int violated = MostViolated(gram, linear, variables);
            if (violated < 0)
            {
                return;
            }

            _free[free++] = violated;
        }
    }

    /// <summary>Goes towards the minimum over the free variables, to the first bound at most, and fixes what is there.</summary>
    private bool TryReach(double[,] gram, ReadOnlySpan<double> linear, Span<double> variables, ref int free)
    {
        Solve(gram, linear, variables, free);
        double part = 1;
        int first = -1;
        for (int i = 0; i < free; i++)
        {
            double from = variables[_free[i]];
            double change = _solution[i];
            double reach = change > 0 ? (1 - from) / change : change < 0 ? -from / change : double.PositiveInfinity;
            if (reach < part)
            {
                (part, first) = (reach, i);
            }
        }

        for (int i = 0; i < free; i++)
        {
            variables[_free[i]] = Math.Clamp(variables[_free[i]] + (part * _solution[i]), 0, 1);
        }

        if (first < 0)
        {
            return true;
        }

        variables[_free[first]] = _solution[first] > 0 ? 1 : 0;
        _free[first] = _free[--free];
        return false;
    }

    /// <summary>The Newton step of the free variables, by Cholesky.</summary>
    private void Solve(double[,] gram, ReadOnlySpan<double> linear, ReadOnlySpan<double> variables, int free)
    {
        for (int i = 0; i < free; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double value = gram[_free[i], _free[j]] * (i == j ? 1 + Ridge : 1);
                for (int k = 0; k < j; k++)
                {
                    value -= _factor[i, k] * _factor[j, k];
                }

                double smallest = Ridge * Math.Max(gram[_free[i], _free[i]], double.Epsilon);
                _factor[i, j] = i == j ? Math.Sqrt(Math.Max(value, smallest)) : value / _factor[j, j];
            }

            double right = -Gradient(gram, linear, variables, _free[i]);
            for (int k = 0; k < i; k++)
            {
                right -= _factor[i, k] * _solution[k];
            }

            _solution[i] = right / _factor[i, i];
        }

        for (int i = free - 1; i >= 0; i--)
        {
            double value = _solution[i];
            for (int k = i + 1; k < free; k++)
            {
                value -= _factor[k, i] * _solution[k];
            }

            _solution[i] = value / _factor[i, i];
        }
    }

    private static int MostViolated(double[,] gram, ReadOnlySpan<double> linear, ReadOnlySpan<double> variables)
    {
        int worst = -1;
        double most = 0;
        for (int s = 0; s < variables.Length; s++)
        {
            double gradient = Gradient(gram, linear, variables, s);
            double violation = variables[s] == 0 ? -gradient : variables[s] == 1 ? gradient : 0;
            if (violation > most && violation > Tolerance * (Math.Abs(linear[s]) + gram[s, s]))
            {
                (worst, most) = (s, violation);
            }
        }

        return worst;
    }

    private static double Gradient(double[,] gram, ReadOnlySpan<double> linear, ReadOnlySpan<double> variables, int s)
    {
        double sum = linear[s];
        for (int j = 0; j < variables.Length; j++)
        {
            sum += gram[s, j] * variables[j];
        }

        return sum;
    }
}
