using OneStep.Certificates.Robustness;
using OneStep.Numerics;

namespace OneStep.Soundness.Checks;

/// <summary>The radii that bounds prove of one input, held against perturbations.</summary>
/// <param name="function">The function.</param>
/// <param name="point">x, [d].</param>
/// <param name="bounds">The bounds.</param>
/// <param name="certificate">What they prove.</param>
/// <param name="tally">Is told what is found.</param>
internal sealed class HeldRadii(
    NaiveScore function, double[] point, IReadOnlyList<IRobustnessBound> bounds, RobustnessCertificate certificate, CheckTally tally)
{
    private const int MoreRoundings = 8;

    /// <summary>x, [d].</summary>
    public double[] Point => point;

    /// <summary>The label that must stay.</summary>
    public int Label => certificate.Label;

    /// <summary>The largest radius; 0 for none.</summary>
    public double Largest => certificate.Radii.Max();

    /// <summary>Counts the radii, and checks that the label is one.</summary>
    public void Count()
    {
        tally.Certified(certificate.Radii.Count(radius => radius > 0));
        if (function.Sign(point, new double[point.Length]) == -Label)
        {
            tally.Violated($"input {certificate.Index}: its label is not {Label}");
        }
    }

    /// <summary>Tries a perturbation.</summary>
    public void Against(double[] perturbation)
    {
        if (function.Sign(point, perturbation) == -Label)
        {
            double length = Math.Sqrt(perturbation.Sum(v => v * v)) * (1 + RoundingError.Gamma(point.Length + MoreRoundings));
            Against(length, 0, "attack");
        }
        else
        {
            tally.Withstood();
        }
    }

    /// <summary>Holds every radius against the length of a flip.</summary>
    /// <param name="length">The length.</param>
    /// <param name="tolerance">How far it may be off, as a part of itself.</param>
    /// <param name="what">Where it is from.</param>
    public void Against(double length, double tolerance, string what)
    {
        for (int bound = 0; bound < bounds.Count; bound++)
        {
            double radius = certificate.Radii[bound];
            if (radius > 0)
            {
                tally.Compare(length, radius, tolerance * radius, radius, $"input {certificate.Index}, {bounds[bound].Name}, {what}");
            }
        }
    }
}
