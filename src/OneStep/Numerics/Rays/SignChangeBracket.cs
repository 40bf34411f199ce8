namespace OneStep.Numerics.Rays;

/// <summary>
/// Two times between which a function falls below zero, brought together by the Illinois rule: the secant, where an end that stays
/// counts half as much each time, kept so far inside the bracket that both ends close in.
/// </summary>
/// <param name="from">A time at which the function is not below zero.</param>
/// <param name="above">The function there; less than zero counts as zero.</param>
/// <param name="to">A later time at which it is below zero.</param>
/// <param name="below">The function there.</param>
internal struct SignChangeBracket(double from, double above, double to, double below)
{
    private double _above = Math.Max(above, 0);
    private double _below = below;
    private int _side;

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
        return Math.Clamp(From + ((To - From) * (_above / (_above - _below))), From + inside, To - inside);
    }

    /// <summary>Takes the function at <see cref="Next"/> into account.</summary>
    public void Narrow(double time, double value)
    {
        if (value < 0)
        {
            (To, _below) = (time, value);
            _above = _side == -1 ? _above / 2 : _above;
            _side = -1;
        }
        else
        {
            (From, _above) = (time, value);
            _below = _side == 1 ? _below / 2 : _below;
            _side = 1;
        }
    }
}
