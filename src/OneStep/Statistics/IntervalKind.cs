namespace OneStep.Statistics;

/// <summary>What the width of a confidence interval was estimated from.</summary>
public enum IntervalKind
{
    /// <summary>The scatter from seed to seed, by a bootstrap that draws whole seeds again: see <see cref="Statistics.SeedBootstrap"/>.</summary>
    SeedBootstrap,

    /// <summary>The scatter of points about the fitted line, where the seeds do not tell: the residuals of a regression, taken
    /// as independent from point to point.</summary>
    RegressionResiduals,

    /// <summary>The scatter of counts about the fitted surface, where the seeds do not tell: binomial with the dispersion that
    /// Pearson's statistic gives, taken as independent from cell to cell.</summary>
    QuasiBinomial,
}
