using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics;

public class MinimumNormSystemTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 9)]
    [InlineData(12, 40)]
    public void The_solution_solves_the_equations_and_is_a_combination_of_their_rows(int equations, int unknowns)
    {
        var random = new RandomInputs(equations);
        double[][] rows = [.. Enumerable.Range(0, equations).Select(_ => random.Gaussian(unknowns))];
        double[] right = random.Gaussian(equations);
        var system = new MinimumNormSystem();
        double[] solution = new double[unknowns];
        double[] duals = new double[equations];

        // Twice: what was solved before must not matter.
        for (int time = 0; time < 2; time++)
        {
            system.Clear(unknowns);
            foreach (double[] row in rows)
            {
                system.Add(row);
            }

            system.Solve(right, solution, duals);
        }

        for (int i = 0; i < equations; i++)
        {
            Assert.Equal(right[i], rows[i].Zip(solution, (a, u) => a * u).Sum(), 1e-9);
        }

        // Only a combination of the rows, with the duals as weights, is as short as can be.
        for (int k = 0; k < unknowns; k++)
        {
            Assert.Equal(solution[k], Enumerable.Range(0, equations).Sum(i => duals[i] * rows[i][k]), 1e-9);
        }
    }

    [Fact]
    public void Equations_that_contradict_each_other_have_a_solution_far_away()
    {
        var system = new MinimumNormSystem();
        system.Clear(2);
        system.Add([1, 1]);
        system.Add([1, 1]);
        system.Add([0, 0]);
        double[] solution = new double[2];
        double[] duals = new double[3];
        system.Solve([1, 2, 0], solution, duals);
        Assert.True(Math.Abs(duals[1]) > 1e6);
        Assert.All(solution, u => Assert.True(double.IsFinite(u)));
    }
}
