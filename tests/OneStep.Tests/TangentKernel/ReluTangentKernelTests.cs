using OneStep.TangentKernel;
using OneStep.Tests.References;

namespace OneStep.Tests.TangentKernel;

/// <summary>The closed form of the kernel against sampling, finite differences and cases by hand.</summary>
public class ReluTangentKernelTests
{
    public static TheoryData<int, TrainedLayers> Kernels { get; } = new()
    {
        { 1, TrainedLayers.First }, { 2, TrainedLayers.First }, { 3, TrainedLayers.First }, { 7, TrainedLayers.First },
        { 1, TrainedLayers.All }, { 2, TrainedLayers.All }, { 3, TrainedLayers.All }, { 7, TrainedLayers.All },
    };

    [Theory]
    [InlineData(1, TrainedLayers.First)]
    [InlineData(2, TrainedLayers.First)]
    [InlineData(3, TrainedLayers.First)]
    [InlineData(1, TrainedLayers.All)]
    [InlineData(2, TrainedLayers.All)]
    [InlineData(3, TrainedLayers.All)]
    public void Finite_networks_approach_it_like_the_root_of_their_width(int depth, TrainedLayers trained)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        double[] x = [1, -0.5, 0.25];
        double[] other = [0.5, 0.75, -1];
        double exact = kernel.Value(x, other);
        double size = Math.Sqrt(kernel.Value(x, x) * kernel.Value(other, other));
        double narrow = Error(width: 40, networks: 40);
        double wide = Error(width: 250, networks: 10);
        Assert.InRange(narrow / wide, 1.3, 6);
        Assert.InRange(wide, 0, 0.15);

        // The root mean square of the error, and the mean is nearer yet.
        double Error(int width, int networks)
        {
            double[] errors = [.. Enumerable.Range(0, networks).Select(seed =>
                (SampledTangentKernel.Of(x, other, depth, trained, width, (ulong)seed) - exact) / size)];
            Assert.InRange(Math.Abs(errors.Average()), 0, 4 * Math.Sqrt(errors.Average(e => e * e) / networks));
            return Math.Sqrt(errors.Average(e => e * e));
        }
    }

    [Fact]
    public void With_one_hidden_layer_it_is_the_formula_of_the_poster()
    {
        var random = new RandomInputs(1);
        for (int i = 0; i < 20; i++)
        {
            (double[] x, double[] other) = (random.Gaussian(5), random.Gaussian(5));
            double dot = x.Zip(other, (a, b) => a * b).Sum();
            double angle = Math.Acos(dot / Math.Sqrt(x.Sum(a => a * a) * other.Sum(b => b * b)));
            double first = dot * (Math.PI - angle) / (2 * Math.PI);
            double output = Math.Sqrt(x.Sum(a => a * a) * other.Sum(b => b * b)) * (Math.Sin(angle) + ((Math.PI - angle) * Math.Cos(angle))) / (2 * Math.PI);
            Assert.Equal(first, new ReluTangentKernel().Value(x, other), 1e-13);
            Assert.Equal(first + output, new ReluTangentKernel(1, TrainedLayers.All).Value(x, other), 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Its_gradient_is_that_of_finite_differences(int depth, TrainedLayers trained)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        var random = new RandomInputs(2);
        for (int i = 0; i < 5; i++)
        {
            (double[] x, double[] other) = (random.Gaussian(4), random.Gaussian(4));
            double[] gradient = new double[4];
            kernel.Gradient(x, other, gradient);
            double[] expected = FiniteDifferences.Gradient(moved => kernel.Value(x, moved), other, 1e-5);
            Assert.All(Enumerable.Range(0, 4), k => Assert.Equal(expected[k], gradient[k], 1e-8));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void The_slope_is_the_derivative_of_the_value_and_within_its_bound(int depth, TrainedLayers trained)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        foreach (double angle in (double[])[1e-3, 0.1, 0.49, 0.51, 1, 1.5, 2, 3, 3.1])
        {
            double slope = FiniteDifferences.Derivative(t => kernel.At(Math.Cos(t)).Value, angle, 1e-5);
            AngularProfile profile = kernel.At(Math.Cos(angle));
            Assert.Equal(slope, profile.Slope, 1e-6);
            Assert.Equal(-slope / Math.Sin(angle), profile.CosineSlope, Math.Abs(1e-6 / Math.Sin(angle)));
        }

        Assert.All(Enumerable.Range(0, 1001), i => Assert.InRange(Math.Abs(kernel.At((i - 500) / 500.0).Slope), 0, kernel.LargestSlope));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void It_is_symmetric_and_homogeneous(int depth, TrainedLayers trained)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        var random = new RandomInputs(3);
        (double[] x, double[] other) = (random.Gaussian(6), random.Gaussian(6));
        double value = kernel.Value(x, other);
        Assert.Equal(value, kernel.Value(other, x));
        Assert.Equal(6 * value, kernel.Value([.. x.Select(a => 2 * a)], [.. other.Select(b => 3 * b)]), 1e-12);
        Assert.Equal(0, kernel.Value(x, new double[6]));
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void It_is_positive_semidefinite(int depth, TrainedLayers trained)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        var random = new RandomInputs(4);
        double[][] inputs = [.. Enumerable.Range(0, 30).Select(_ => random.Unit(3))];
        var gram = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.Create(30, 30, (i, j) => kernel.Value(inputs[i], inputs[j]));
        Assert.All(gram.Evd().EigenValues, eigenvalue => Assert.InRange(eigenvalue.Real, -1e-13, double.MaxValue));
    }

    [Theory]
    [InlineData(TrainedLayers.First)]
    [InlineData(TrainedLayers.All)]
    public void It_is_accurate_where_inputs_are_nearly_parallel(TrainedLayers trained)
    {
        // φ(θ) = φ(0) + φ_θ(0) θ + O(θ²): no cosine could tell these angles from zero.
        foreach (int depth in (int[])[1, 2, 5])
        {
            var kernel = new ReluTangentKernel(depth, trained);
            double slope = trained == TrainedLayers.First ? -depth : -depth * (depth + 1) / 2.0;
            foreach (double angle in (double[])[1e-6, 1e-9, 1e-12])
            {
                double[] x = [1, 0];
                double[] other = [Math.Cos(angle), Math.Sin(angle)];
                double expected = (trained == TrainedLayers.First ? 1 : depth + 1) + (slope * angle / Math.PI);
                Assert.Equal(expected * Math.ScaleB(1, -depth), kernel.Value(x, other), 1e-15 + (3 * depth * depth * angle * angle));
            }
        }
    }

    [Theory]
    [InlineData(1, TrainedLayers.First, 0.5, 0)]
    [InlineData(3, TrainedLayers.First, 0.125, 0)]
    [InlineData(1, TrainedLayers.All, 1, 0)]
    [InlineData(2, TrainedLayers.All, 0.75, 0.07957747154594767)]
    public void Equal_and_opposite_inputs_have_known_values(int depth, TrainedLayers trained, double equal, double opposite)
    {
        // Behind one layer opposite inputs are at right angles, and κ1(0) = 1/π.
        var kernel = new ReluTangentKernel(depth, trained);
        Assert.Equal(equal, kernel.At(1).Value, 1e-15);
        Assert.Equal(opposite, kernel.At(-1).Value, 1e-15);
        double[] gradient = new double[2];
        kernel.Gradient([3, 4], [3, 4], gradient);
        Assert.Equal(3 * equal, gradient[0], 1e-14);
        Assert.Equal(4 * equal, gradient[1], 1e-14);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_depth_out_of_range_is_refused(int depth)
    {
        InvalidParameterException error = Assert.Throws<InvalidParameterException>(() => new ReluTangentKernel(depth));
        Assert.Equal($"depth is {depth}, but must be an integer from 1 to 100.", error.Message);
    }
}
