namespace OneStep.Numerics.Rays;

/// <summary>
/// A piecewise linear function h of t ≥ 0 with h(0) > 0, given by its value and slope at 0 and its kinks, and the first
/// t at which it becomes negative: inf{t > 0 : h(t) &lt; 0} (docs/mathematics.md §3). Touching zero is no sign change.
/// </summary>
internal static class PiecewiseLinearRay
{
    // Fewer kinks than this are sorted at once; more are spread over buckets of about half as many.
    private const int SortAtOnce = 48;
    private const int KinksABucket = 24;

    // At a kink h is known to some units of rounding, relative to what it fell from: 8 · 2⁻⁵³.
    private const double Rounding = 8.9e-16;

    /// <summary>Finds the first sign change in (0, <paramref name="horizon"/>].</summary>
    /// <param name="value">h(0), above zero.</param>
    /// <param name="slope">h'(0+).</param>
    /// <param name="kinks">All kinks in (0, horizon], and perhaps some behind it; in any order, which is changed.</param>
    /// <param name="horizon">How far h is known, above zero; +∞ where all kinks are given.</param>
    /// <param name="crossing">The crossing and the slope of the piece it lies on.</param>
    /// <returns>Whether there is a sign change.</returns>
    public static bool TryFindSignChange(double value, double slope, Span<Kink> kinks, double horizon, out (double Time, double Slope) crossing)
    {
        var walk = new Walk(value, slope);
        if (kinks.Length > SortAtOnce)
        {
            // Where all kinks are given the horizon may be infinite: the buckets end at the last kink.
            double end = 0;
            foreach (Kink kink in kinks)
            {
                end = Math.Max(end, kink.Time);
            }

            return TryWalkBuckets(ref walk, kinks, Math.Min(end, horizon), horizon, out crossing);
        }

        kinks.Sort();
        return TryWalk(ref walk, kinks, horizon, out crossing) || walk.TryFinish(horizon, out crossing);
    }

    private static bool TryWalk(ref Walk walk, Span<Kink> sorted, double horizon, out (double Time, double Slope) crossing)
    {
        for (int i = 0; i < sorted.Length && sorted[i].Time <= horizon;)
        {
            double time = sorted[i].Time;
            if (walk.TryAdvance(time, out crossing))
            {
                return true;
            }

            // Equal kinks act together: between them h has no slope of its own.
            for (; i < sorted.Length && sorted[i].Time == time; i++)
            {
                walk.Bend(sorted[i].Weight);
            }
        }

        crossing = default;
        return false;
    }

    /// <summary>
    /// Sorts only the buckets in which h could become negative: in the others even the steepest possible descent, all
    /// concave kinks at once, stays above zero. Expected linear time.
    /// </summary>
    private static bool TryWalkBuckets(
        ref Walk walk, Span<Kink> kinks, double end, double horizon, out (double Time, double Slope) crossing)
    {
        int buckets = kinks.Length / KinksABucket;
        int[] starts = System.Buffers.ArrayPool<int>.Shared.Rent(buckets + 2);
        Kink[] spread = System.Buffers.ArrayPool<Kink>.Shared.Rent(kinks.Length);
        try
        {
            double scale = buckets / end;
            Spread(kinks, spread, starts, buckets, scale);
            for (int bucket = 0; bucket < buckets; bucket++)
            {
                Span<Kink> members = spread.AsSpan(starts[bucket], starts[bucket + 1] - starts[bucket]);
                if (members.IsEmpty)
                {
                    continue;
                }

                double last = walk.Time;
                double descent = walk.Slope;
                foreach (Kink kink in members)
                {
                    descent += Math.Min(kink.Weight, 0);
                    last = Math.Max(last, kink.Time);
                }

                if (last <= horizon && walk.Value + (Math.Min(descent, 0) * (last - walk.Time)) > 0)
                {
                    walk.Skip(members, last);
                    continue;
                }

                members.Sort();
                if (TryWalk(ref walk, members, horizon, out crossing))
                {
                    return true;
                }
            }

            return walk.TryFinish(horizon, out crossing);
        }
        finally
        {
            System.Buffers.ArrayPool<int>.Shared.Return(starts);
            System.Buffers.ArrayPool<Kink>.Shared.Return(spread);
        }
    }

    /// <summary>Counting sort by bucket; bucket b holds <c>spread[starts[b] .. starts[b + 1]]</c>.</summary>
    private static void Spread(ReadOnlySpan<Kink> kinks, Kink[] spread, int[] starts, int buckets, double scale)
    {
        Array.Clear(starts, 0, buckets + 2);
        foreach (Kink kink in kinks)
        {
            starts[BucketOf(kink, buckets, scale) + 2]++;
        }

        for (int bucket = 2; bucket < buckets + 2; bucket++)
        {
            starts[bucket] += starts[bucket - 1];
        }

        foreach (Kink kink in kinks)
        {
            spread[starts[BucketOf(kink, buckets, scale) + 1]++] = kink;
        }
    }

    // A product of rounded numbers, but monotone in the time: buckets are in order.
    private static int BucketOf(Kink kink, int buckets, double scale) => (int)Math.Min(kink.Time * scale, buckets - 1);

    /// <summary>A point that moves along the graph of h.</summary>
    private struct Walk(double value, double slope)
    {
        public double Time { get; private set; }

        public double Value { get; private set; } = value;

        public double Slope { get; private set; } = slope;

        /// <summary>Moves to <paramref name="time"/>, unless h becomes negative before.</summary>
        public bool TryAdvance(double time, out (double Time, double Slope) crossing)
        {
            double change = Slope * (time - Time);
            double next = Value + change;
            if (next < -Rounding * (Value + Math.Abs(change)))
            {
                // Value ≥ 0 here, so the quotient lies between the two times but for rounding.
                crossing = (Math.Min(Time - (Value / Slope), time), Slope);
                return true;
            }

            // Zero within rounding is touched: the next piece decides.
            Value = Math.Max(next, 0);
            Time = time;
            crossing = default;
            return false;
        }

        /// <summary>Applies a kink at the present time.</summary>
        public void Bend(double weight) => Slope += weight;

        /// <summary>Moves over kinks that cannot make h negative, to <paramref name="time"/>, in any order.</summary>
        public void Skip(ReadOnlySpan<Kink> kinks, double time)
        {
            double end = Value + (Slope * (time - Time));
            foreach (Kink kink in kinks)
            {
                end += kink.Weight * (time - kink.Time);
                Slope += kink.Weight;
            }

            Value = end;
            Time = time;
        }

        /// <summary>Moves to the horizon over the last piece, which has no kink.</summary>
        public readonly bool TryFinish(double horizon, out (double Time, double Slope) crossing)
        {
            double time = Slope < 0 ? Time - (Value / Slope) : double.PositiveInfinity;

            // At the horizon itself h is zero, not negative.
            if (time < horizon)
            {
                crossing = (time, Slope);
                return true;
            }

            crossing = default;
            return false;
        }
    }
}
