namespace OneStep.Numerics.Rays;

/// <summary>
/// Two times between which a function falls below zero, brought together by the Illinois rule: the secant, where an end that stays
/// counts half as much each time, kept so far inside the bracket that both ends close in; by halves where that does not help.
/// </summary>
/// <param name="from">A time at which the function is not below zero.</param>
/// <param name="above">The function there; less than zero counts as zero.</param>
/// <param name="to">A later time at which it is below zero.</param>
/// <param name="below">The function there.</param>
internal struct SignChangeBracket(double from, double above, double to, double below)
{
    // Where one end alone has moved so often the function is no line at all: from there on the bracket is halved.
    private const int MostOnOneSide = 8;

    private double _above = Math.Max(above, 0);
    private double _below = below;

    // How often in a row the same end has moved: a negative count for the later end, a positive one for the earlier.
    private int _run;
    private bool _isHalved = above <= 0;

    /// <summary>The last time known not to be below zero.</summary>
    public double From { get; private set; } = from;

    /// <summary>The first time known to be below zero.</summary>
    public double To { get; private set; } = to;

    /// <summary>Whether the ends lie further apart than this part of the later one.</summary>
    public readonly bool IsWiderThan(double tolerance) => To - From > tolerance * To;

    /// <summary>Where to look next.</summary>
    /// <param name="tolerance">The bracket asked for, as a part of its later end.</param>
    public readonly double Next(double tolerance)
    {
        double inside = 0.5 * tolerance * To;
        double part = _isHalved ? 0.5 : _above / (_above - _below);
        return Math.Clamp(From + ((To - From) * part), From + inside, To - inside);
    }

    /// <summary>Takes the function at <see cref="Next"/> into account.</summary>
    public void Narrow(double time, double value)
    {
        if (value < 0)
        {
            (To, _below) = (time, value);
            _above = _run < 0 ? _above / 2 : _above;
            _run = Math.Min(_run, 0) - 1;
        }
        else
        {
            (From, _above) = (time, value);
            _below = _run > 0 ? _below / 2 : _below;
            _run = Math.Max(_run, 0) + 1;
        }

        _isHalved |= !(_above > 0) || Math.Abs(_run) > MostOnOneSide;
    }
}
