using System.Runtime.Intrinsics;
using OneStep.Numerics;

namespace OneStep.Networks.Deep.Passes;

/// <content>Where neurons change sign between neighbouring points.</content>
internal sealed unsafe partial class RayPoints
{
    /// <summary>Which neurons change sign between which neighbouring points of a ray, and where.</summary>
    private void FindSignChanges(PackedWeights layer)
    {
        _insertions.Clear();
        for (int block = 0; block < Blocks; block++)
        {
            int first = block * Lanes;
            uint pairs = 0;
            for (int lane = 0; lane < Lanes && first + lane + 1 < Count; lane++)
            {
                pairs |= _rayOf[first + lane] == _rayOf[first + lane + 1] ? 1u << lane : 0;
            }

            // The pair of the last point of a block and the first of the next is looked at with the latter.
            bool hasLast = block > 0 && _rayOf[first - 1] == _rayOf[first];
            float* z = _z.Pointer + (block * _step);
            for (int s = 0; s < layer.Rows; s++)
            {
                nint row = (nint)s * Lanes;
                uint positive = PositiveBits(z + row, 1);
                uint negative = PositiveBits(z + row, -1);
                uint changes = pairs & ((positive & (negative >> 1)) | (negative & (positive >> 1)));
                for (; changes != 0; changes &= changes - 1)
                {
                    int lane = System.Numerics.BitOperations.TrailingZeroCount(changes);
                    AddInsertion(first + lane, z[row + lane], z[row + lane + 1]);
                }

                if (hasLast && ((_lastSigns[s] & 1 & negative) | ((_lastSigns[s] >> 1) & positive & 1)) != 0)
                {
                    AddInsertion(first - 1, z[row + Lanes - 1 - _step], z[row]);
                }

                _lastSigns[s] = (positive >> (Lanes - 1)) | (negative >> (Lanes - 1) << 1);
            }
        }

        _insertions.Sort();
    }

    /// <summary>Bit j is set where factor · value j is above zero.</summary>
    private static uint PositiveBits(float* values, float factor)
    {
        Vector512<float> left = Vector512.Load(values) * factor;
        Vector512<float> right = Vector512.Load(values + Vector512<float>.Count) * factor;
        return (uint)Vector512.GreaterThan(left, Vector512<float>.Zero).ExtractMostSignificantBits()
            | ((uint)Vector512.GreaterThan(right, Vector512<float>.Zero).ExtractMostSignificantBits() << Vector512<float>.Count);
    }

    private void AddInsertion(int point, double left, double right)
    {
        double time = _times[point] + ((_times[point + 1] - _times[point]) * (left / (left - right)));
        if (time > _times[point] && time < _times[point + 1])
        {
            _insertions.Add(new(point, time));
        }
    }

    /// <summary>A breakpoint between a point and its neighbour.</summary>
    private readonly record struct Insertion(int Point, double Time) : IComparable<Insertion>
    {
        /// <inheritdoc/>
        public int CompareTo(Insertion other) => Point != other.Point ? Point.CompareTo(other.Point) : Time.CompareTo(other.Time);
    }
}
