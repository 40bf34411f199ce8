namespace OneStep.Tests.References;

/// <summary>f(x) = m^{-1/2} Σ a_s σ(w_s · x) as the formula reads, in float64 with the platform's own functions.</summary>
/// <param name="layers">W and a.</param>
/// <param name="activation">σ and σ'.</param>
internal sealed class NaiveActivatedNetwork(NaiveNetwork layers, (Func<double, double> Value, Func<double, double> Slope) activation)
{
    public static (Func<double, double> Value, Func<double, double> Slope) Tanh { get; } = (Math.Tanh, z => 1 - (Math.Tanh(z) * Math.Tanh(z)));

    public static (Func<double, double> Value, Func<double, double> Slope) Softplus { get; } =
        (z => Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))), z => 1 / (1 + Math.Exp(-z)));

    public double Score(double[] x) => layers.Scale * Enumerable.Range(0, layers.Width).Sum(s => layers.Signs[s] * activation.Value(layers.PreActivation(s, x)));

    public double[] Gradient(double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(k => layers.Scale * Enumerable.Range(0, layers.Width).Sum(s =>
            layers.Signs[s] * activation.Slope(layers.PreActivation(s, x)) * layers.Weights[s][k]))];
}
