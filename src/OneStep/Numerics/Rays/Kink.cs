namespace OneStep.Numerics.Rays;

/// <summary>A kink of a piecewise linear function: at <paramref name="Time"/> its slope grows by <paramref name="Weight"/>.</summary>
internal readonly record struct Kink(double Time, double Weight) : IComparable<Kink>
{
    /// <inheritdoc/>
    public int CompareTo(Kink other) => Time.CompareTo(other.Time);
}

/// <summary>A list of kinks that keeps its memory when it is cleared.</summary>
internal sealed class KinkList
{
    private Kink[] _items = new Kink[64];

    /// <summary>How many kinks.</summary>
    public int Count { get; private set; }

    /// <summary>The kinks, in the order in which they were added.</summary>
    public Span<Kink> Items => _items.AsSpan(0, Count);

    /// <summary>Forgets all kinks.</summary>
    public void Clear() => Count = 0;

    /// <summary>Appends a kink.</summary>
    public void Add(Kink kink)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * _items.Length);
        }

        _items[Count++] = kink;
    }

    /// <summary>Appends all kinks of <paramref name="other"/>.</summary>
    public void AddRange(KinkList other)
    {
        if (Count + other.Count > _items.Length)
        {
            Array.Resize(ref _items, Math.Max(2 * _items.Length, Count + other.Count));
        }

        other.Items.CopyTo(_items.AsSpan(Count));
        Count += other.Count;
    }
}
