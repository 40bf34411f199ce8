using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics;

public class BoxQuadraticTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(3, 3)]
    [InlineData(8, 20)]
    [InlineData(20, 10)]
    public void The_minimiser_satisfies_its_conditions(int count, int dimension)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new RandomInputs(seed);
            double[][] vectors = [.. Enumerable.Range(0, count).Select(_ => random.Gaussian(dimension))];
            double[] offset = [.. random.Gaussian(dimension).Select(v => 2 * v)];
            double[,] gram = new double[count, count];
            double[] linear = new double[count];
            for (int s = 0; s < count; s++)
            {
                linear[s] = Dot(vectors[s], offset);
                for (int j = 0; j < count; j++)
                {
                    gram[s, j] = Dot(vectors[s], vectors[j]);
                }
            }

            double[] variables = [.. Enumerable.Range(0, count).Select(s => s % 3 / 2.0)];
            new BoxQuadratic().Minimize(gram, linear, variables);
            for (int s = 0; s < count; s++)
            {
                double gradient = linear[s] + Enumerable.Range(0, count).Sum(j => gram[s, j] * variables[j]);
                Assert.InRange(variables[s], 0, 1);
                Assert.True(variables[s] > 0 || gradient > -1e-6);
                Assert.True(variables[s] < 1 || gradient < 1e-6);
                Assert.True(variables[s] is 0 or 1 || Math.Abs(gradient) < 1e-6);
            }
        }
    }

    [Fact]
    public void Bounds_are_met_to_the_last_bit()
    {
        double[] variables = [0.3, 0.6];
        new BoxQuadratic().Minimize(new double[,] { { 1, 0 }, { 0, 1 } }, [5, -7], variables);
        Assert.Equal([0, 1], variables);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
