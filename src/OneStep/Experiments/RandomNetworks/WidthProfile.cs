namespace OneStep.Experiments.RandomNetworks;

/// <summary>How the widths of a deep network go from layer to layer; what they are called in [BBC21] and [DS21].</summary>
public enum WidthProfile
{
    /// <summary>All hidden layers are equally wide.</summary>
    Constant,

    /// <summary>The middle hidden layer is narrower than the others by the ratio.</summary>
    Bottleneck,

    /// <summary>Every hidden layer is wider than the one before by the ratio.</summary>
    Expanding,

    /// <summary>Every hidden layer is narrower than the one before by the ratio.</summary>
    Vanishing,
}

/// <summary>Widths of hidden layers.</summary>
public static class WidthProfiles
{
    /// <summary>The widest hidden layer.</summary>
    public const int LargestWidth = 65_536;

    /// <summary>The hidden widths of a profile, rounded down, each at least 1.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="depth">How many hidden layers, at least 1.</param>
    /// <param name="width">The first one's width, 1 to <see cref="LargestWidth"/>; a bottleneck of one layer is that layer.</param>
    /// <param name="ratio">The ratio of widths, at least 1.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range, or a layer would be too wide.</exception>
    public static IReadOnlyList<int> Widths(this WidthProfile profile, int depth, int width, double ratio)
    {
        InvalidParameterException.Require(Enum.IsDefined(profile), "profile", profile, "constant, bottleneck, expanding or vanishing");
        InvalidParameterException.Require(depth >= 1, nameof(depth), depth, "an integer from 1 on");
        InvalidParameterException.Require(width is >= 1 and <= LargestWidth, nameof(width), width, $"an integer from 1 to {LargestWidth}");
        InvalidParameterException.Require(ratio >= 1 && double.IsFinite(ratio), nameof(ratio), ratio, "a number from 1 on");
        int[] widths = new int[depth];
        double exact = width;
        for (int l = 0; l < depth; l++)
        {
            double own = profile == WidthProfile.Bottleneck && l == depth / 2 ? width / ratio : exact;
            InvalidParameterException.Require(
                own <= LargestWidth, nameof(ratio), ratio, $"small enough for {depth} layers of at most {LargestWidth} neurons");
            widths[l] = (int)Math.Max(1, own);
            exact = profile switch
            {
                WidthProfile.Expanding => exact * ratio,
                WidthProfile.Vanishing => Math.Max(1, exact / ratio),
                _ => exact,
            };
        }

        return widths;
    }
}
