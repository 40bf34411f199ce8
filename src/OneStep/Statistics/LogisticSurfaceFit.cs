using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;

namespace OneStep.Statistics;

/// <summary>
/// Fisher scoring with step halving for <see cref="LogisticSurface"/>, in standardised logarithms and the logit of the plateau
/// (docs/mathematics.md, "Statistics").
/// </summary>
internal sealed class LogisticSurfaceFit
{
    // So weak that a single image outweighs it, and enough to keep the fit finite where the data separate perfectly.
    private const double Ridge = 1e-3;

    // Where the ridge pulls the plateau that no cell tells of: to 0.99, a clean accuracy.
    private static readonly double PlateauCentre = Math.Log(0.99 / 0.01);

    private const int Parameters = 4;
    private const int MaximumIterations = 500;
    private const double Tolerance = 1e-9;

    private readonly RobustCount[] _cells;
    private readonly (double Mean, double Spread) _deviation;
    private readonly (double Mean, double Spread) _width;
    private readonly double[][] _covariates;

    /// <summary>Prepares the fit of cells that have two different radii and two different widths.</summary>
    public LogisticSurfaceFit(RobustCount[] cells)
    {
        _cells = cells;
        double[] deviations = [.. cells.Select(cell => Math.Log(cell.Deviation))];
        double[] widths = [.. cells.Select(cell => Math.Log(cell.Width))];
        _deviation = (deviations.Mean(), deviations.PopulationStandardDeviation());
        _width = (widths.Mean(), widths.PopulationStandardDeviation());
        _covariates = [.. cells.Select((_, i) => new[] { 1, (deviations[i] - _deviation.Mean) / _deviation.Spread, (widths[i] - _width.Mean) / _width.Spread })];
    }

    /// <summary>The fitted surface; null where robustness does not grow with the radius or the iteration does not settle.</summary>
    public LogisticSurface? Run()
    {
        Vector<double> estimate = Vector<double>.Build.Dense([0, 0, 0, PlateauCentre]);
        double objective = Objective(estimate);
        for (int iteration = 0; iteration < MaximumIterations; iteration++)
        {
            (Vector<double> score, Matrix<double> information) = Derivatives(estimate);
            Vector<double> step = information.Cholesky().Solve(score);
            double part = 1;
            while (Objective(estimate + (part * step)) is var trial && !(trial >= objective) && part > 1e-12)
            {
                part /= 2;
            }

            estimate += part * step;
            objective = Objective(estimate);
            if (part * step.AbsoluteMaximum() <= Tolerance * (1 + estimate.AbsoluteMaximum()))
            {
                return Surface(estimate);
            }
        }

        return null;
    }

    private LogisticSurface? Surface(Vector<double> estimate)
    {
        if (!(estimate[1] > 0))
        {
            return null;
        }

        double b = estimate[1] / _deviation.Spread;
        double c = estimate[2] / _width.Spread;
        double a = estimate[0] - (b * _deviation.Mean) - (c * _width.Mean);
        int degreesOfFreedom = _cells.Length - Parameters;
        double? dispersion = degreesOfFreedom < 1 ? null : Math.Max(1, PearsonStatistic(estimate) / degreesOfFreedom);
        return new(a, b, c, Sigmoid(estimate[3]), dispersion, Math.Sqrt(SlopeVariance(estimate)) * Root(dispersion), Math.Max(0, degreesOfFreedom));
    }

    // The delta method: −c/b has the gradient (c/b², −1/b) in (b, c), here times the spreads of the standardised covariates.
    private double SlopeVariance(Vector<double> estimate)
    {
        double ratio = _deviation.Spread / _width.Spread / estimate[1];
        Vector<double> gradient = Vector<double>.Build.Dense([0, estimate[2] / estimate[1] * ratio, -ratio, 0]);
        return gradient * Derivatives(estimate).Information.Cholesky().Solve(gradient);
    }

    private double PearsonStatistic(Vector<double> estimate)
    {
        double sum = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            (double robust, double fragile, _, _) = At(estimate, i);
            double residual = _cells[i].Robust - (_cells[i].Total * robust);
            double variance = _cells[i].Total * robust * fragile;

            // A cell that is certain to the last bit either agrees and says nothing, or would make the statistic infinite.
            sum += residual == 0 ? 0 : residual * residual / variance;
        }

        return sum;
    }

    // The logarithm of the likelihood less the ridge.
    private double Objective(Vector<double> estimate)
    {
        double sum = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            double linear = Linear(estimate, i);
            double fragile = At(estimate, i).Fragile;
            sum += _cells[i].Robust * (LogSigmoid(estimate[3]) + LogSigmoid(linear));
            sum += _cells[i].Robust == _cells[i].Total ? 0 : (_cells[i].Total - _cells[i].Robust) * Math.Log(fragile);
        }

        Vector<double> pulled = Pulled(estimate);
        return sum - (Ridge / 2 * pulled.DotProduct(pulled));
    }

    // With P = L q, q and L logistic: the score of a cell of n images, r robust, is (r − nP)/(1 − P) g and its Fisher
    // information n P/(1 − P) g gᵀ, where g holds (1 − q) times the covariates, and 1 − L.
    private (Vector<double> Score, Matrix<double> Information) Derivatives(Vector<double> estimate)
    {
        Vector<double> score = -Ridge * Pulled(estimate);
        Matrix<double> information = Ridge * Matrix<double>.Build.DenseIdentity(Parameters);
        double[] g = new double[Parameters];
        for (int i = 0; i < _cells.Length; i++)
        {
            (double robust, double fragile, double beyond, double aboveplateau) = At(estimate, i);
            for (int k = 0; k < 3; k++)
            {
                g[k] = beyond * _covariates[i][k];
            }

            g[3] = aboveplateau;
            double residual = (_cells[i].Robust - (_cells[i].Total * robust)) / fragile;
            double weight = _cells[i].Total * robust / fragile;
            for (int k = 0; k < Parameters; k++)
            {
                score[k] += residual * g[k];
                for (int l = 0; l < Parameters; l++)
                {
                    information[k, l] += weight * g[k] * g[l];
                }
            }
        }

        return (score, information);
    }

    // P, 1 − P, 1 − q and 1 − L of a cell, none of them by a subtraction that cancels.
    private (double Robust, double Fragile, double Beyond, double AbovePlateau) At(Vector<double> estimate, int cell)
    {
        double linear = Linear(estimate, cell);
        double q = Sigmoid(linear);
        double beyond = Sigmoid(-linear);
        double abovePlateau = Sigmoid(-estimate[3]);
        return (Sigmoid(estimate[3]) * q, beyond + (q * abovePlateau), beyond, abovePlateau);
    }

    private double Linear(Vector<double> estimate, int cell) =>
        estimate[0] + (estimate[1] * _covariates[cell][1]) + (estimate[2] * _covariates[cell][2]);

    private static Vector<double> Pulled(Vector<double> estimate) => estimate - Vector<double>.Build.Dense([0, 0, 0, PlateauCentre]);

    private static double? Root(double? value) => value is double number ? Math.Sqrt(number) : null;

    private static double Sigmoid(double x) => MathNet.Numerics.SpecialFunctions.Logistic(x);

    private static double LogSigmoid(double x) => x > 0 ? -Math.Log(1 + Math.Exp(-x)) : x - Math.Log(1 + Math.Exp(x));
}
