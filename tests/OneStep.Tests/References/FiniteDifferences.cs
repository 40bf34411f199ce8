namespace OneStep.Tests.References;

/// <summary>Derivatives by central differences: right to about h² where the function is smooth within h.</summary>
internal static class FiniteDifferences
{
    /// <summary>f'(t).</summary>
    public static double Derivative(Func<double, double> function, double t, double h = 1e-6) =>
        (function(t + h) - function(t - h)) / (2 * h);

    /// <summary>∇f(x), [d].</summary>
    public static double[] Gradient(Func<double[], double> function, double[] x, double h = 1e-6) =>
        [.. Enumerable.Range(0, x.Length).Select(k => Derivative(value => function(With(x, k, value)), x[k], h))];

    private static double[] With(double[] x, int coordinate, double value)
    {
        double[] changed = [.. x];
        changed[coordinate] = value;
        return changed;
    }
}
