namespace OneStep.Numerics;

/// <summary>A dense row-major matrix: one row an example, one column a coordinate.</summary>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Matrix<T>
    where T : unmanaged
{
    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="rows">The number of rows, at least 0.</param>
    /// <param name="columns">The number of columns, at least 1.</param>
    /// <exception cref="OneStepException">There are more elements than an array can hold.</exception>
    public Matrix(int rows, int columns)
        : this(rows, columns, Allocate(rows, columns))
    {
    }

    /// <summary>Wraps <paramref name="data"/>, row after row, without copying it.</summary>
    /// <exception cref="ArgumentException">The length of <paramref name="data"/> is not rows × columns.</exception>
    public Matrix(int rows, int columns, T[] data)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentNullException.ThrowIfNull(data);
        if (data.LongLength != (long)rows * columns)
        {
            throw new ArgumentException($"A {rows} x {columns} matrix needs {(long)rows * columns} elements, not {data.LongLength}.", nameof(data));
        }

        Rows = rows;
        Columns = columns;
        Data = data;
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The elements, row after row.</summary>
    public T[] Data { get; }

    /// <summary>The element at (<paramref name="row"/>, <paramref name="column"/>).</summary>
    public ref T this[int row, int column] => ref Row(row)[column];

    /// <summary>One row, as a view into the matrix.</summary>
    public Span<T> Row(int row) => Data.AsSpan(row * Columns, Columns);

    /// <summary>A copy of <paramref name="count"/> rows from <paramref name="first"/> on.</summary>
    public Matrix<T> RowRange(int first, int count) =>
        new(count, Columns, Data.AsSpan(first * Columns, count * Columns).ToArray());

    /// <summary>A copy of the rows named in <paramref name="indices"/>, in that order.</summary>
    public Matrix<T> SelectRows(ReadOnlySpan<int> indices)
    {
        var selected = new Matrix<T>(indices.Length, Columns);
        for (int i = 0; i < indices.Length; i++)
        {
            Row(indices[i]).CopyTo(selected.Row(i));
        }

        return selected;
    }

    private static T[] Allocate(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        long elements = (long)rows * columns;
        return elements <= Array.MaxLength
            ? new T[elements]
            : throw new OneStepException($"A {rows} x {columns} matrix has {elements} elements; at most {Array.MaxLength} can be held.");
    }
}
