namespace OneStep.Soundness;

/// <summary>What one check found on one instance, or on several together.</summary>
internal sealed class CheckTally
{
    private readonly List<string> _violations = [];

    /// <summary>How many instances.</summary>
    public int Instances { get; private set; } = 1;

    /// <summary>How many certificates were found.</summary>
    public long Certificates { get; private set; }

    /// <summary>How many times a network was held against a claim.</summary>
    public long Attacks { get; private set; }

    /// <summary>Of how many inputs the smallest perturbation is known, besides attacks.</summary>
    public long ExactMinima { get; private set; }

    /// <summary>The smallest distance of what a network did from what was claimed, as a part of what could be at most; +∞ for none.</summary>
    public double SmallestSlack { get; private set; } = double.PositiveInfinity;

    /// <summary>Where a claim is false, in words.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Nothing yet, on no instance.</summary>
    public static CheckTally Empty => new() { Instances = 0 };

    /// <summary>Counts certificates.</summary>
    public void Certified(int count = 1) => Certificates += count;

    /// <summary>Counts an attack that changes nothing.</summary>
    public void Withstood() => Attacks++;

    /// <summary>Counts an input whose smallest perturbation is known.</summary>
    public void Solved() => ExactMinima++;

    /// <summary>Holds what a network does against what is claimed of it.</summary>
    /// <param name="claimed">No network exceeds this.</param>
    /// <param name="value">What this one does.</param>
    /// <param name="error">How far rounding may have raised <paramref name="value"/>.</param>
    /// <param name="size">What the value could be at most: the unit of the slack.</param>
    /// <param name="what">What is claimed.</param>
    public void Compare(double claimed, double value, double error, double size, string what)
    {
        Attacks++;
        SmallestSlack = Math.Min(SmallestSlack, (claimed - value) / (size > 0 ? size : 1));
        if (!(value - error <= claimed))
        {
            _violations.Add($"{what}: {value:R} is above {claimed:R} by more than {error:R}");
        }
    }

    /// <summary>Tells of a claim that is false in itself.</summary>
    public void Violated(string what) => _violations.Add(what);

    /// <summary>Adds what was found on other instances.</summary>
    public void Add(CheckTally other, int instance)
    {
        Instances += other.Instances;
        Certificates += other.Certificates;
        Attacks += other.Attacks;
        ExactMinima += other.ExactMinima;
        SmallestSlack = Math.Min(SmallestSlack, other.SmallestSlack);
        _violations.AddRange(other._violations.Select(violation => $"instance {instance}: {violation}"));
    }
}
