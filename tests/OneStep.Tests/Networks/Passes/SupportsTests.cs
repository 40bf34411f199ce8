using OneStep.Networks.Passes;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;
using OneStep.Training;

namespace OneStep.Tests.Networks.Passes;

/// <summary>Inputs of which most coordinates are zero, as images are, packed so that the zeros are left out.</summary>
public unsafe class SupportsTests
{
    private static readonly Random Chance = new(5);

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    public void A_support_has_a_bit_for_every_coordinate_that_is_not_zero(int dimension)
    {
        Matrix<float> inputs = Sparse(5, dimension);
        Supports supports = Supports.Of(inputs);
        for (int i = 0; i < inputs.Rows; i++)
        {
            Assert.Equal(inputs.Row(i).ToArray().Count(x => x != 0), supports.CountOf(i));
            for (int k = 0; k < dimension; k++)
            {
                Assert.Equal(inputs[i, k] != 0, (supports[i][k / 64] >> (k % 64) & 1) != 0);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(130)]
    public void Everywhere_is_the_support_of_inputs_without_a_zero(int dimension)
    {
        var ones = new Matrix<float>(3, dimension);
        Array.Fill(ones.Data, 1);
        Supports expected = Supports.Of(ones);
        Supports everywhere = Supports.Everywhere(3, dimension);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(expected[i].ToArray(), everywhere[i].ToArray());
            Assert.Equal(dimension, everywhere.CountOf(i));
        }
    }

    [Fact]
    public void An_order_is_a_permutation_that_brings_like_supports_together()
    {
        const int Count = 96;
        var inputs = new Matrix<float>(Count, 100);
        for (int i = 0; i < Count; i++)
        {
            // Eight kinds of input, in turns; each kind lives on ten coordinates of its own.
            inputs.Row(i).Slice(i % 8 * 10, 10).Fill(1);
        }

        int[] rows = NetworkShape.AllRows(Count);
        int[] order = SupportOrder.Of(Supports.Of(inputs), 100, rows);

        Assert.Equal(rows, order.Order());
        Assert.All(order.Chunk(TileEngine.TileRows), tile => Assert.Single(tile.Select(i => i % 8).Distinct()));
    }

    [Fact]
    public void Many_inputs_are_first_put_beside_others_with_as_much_to_multiply()
    {
        // Two kinds that take turns, more of them than are compared with one another.
        const int Count = 480;
        var inputs = new Matrix<float>(Count, 100);
        for (int i = 0; i < Count; i++)
        {
            inputs.Row(i)[..(i % 2 == 0 ? 10 : 40)].Fill(1);
        }

        int[] rows = NetworkShape.AllRows(Count);
        int[] order = SupportOrder.Of(Supports.Of(inputs), 100, rows);

        Assert.Equal(rows, order.Order());
        Assert.All(order.Take(Count / 2), row => Assert.Equal(0, row % 2));
        Assert.Equal(order, SupportOrder.Of(Supports.Of(inputs, 3), 100, rows, 3));
    }

    [Fact]
    public void Dense_inputs_keep_their_order()
    {
        var inputs = new Matrix<float>(40, 30);
        Array.Fill(inputs.Data, 1);
        int[] rows = [.. Enumerable.Range(0, 40).Reverse()];

        Assert.Equal(rows, SupportOrder.Of(Supports.Of(inputs), 30, rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tiles_of_inputs_hold_every_coordinate_that_is_not_zero(bool extra)
    {
        const int Dimension = 70;
        Matrix<float> inputs = Sparse(29, Dimension);
        int columns = Dimension + (extra ? 1 : 0);
        int[] rows = [.. NetworkShape.AllRows(29).Reverse()];
        using var tiles = new InputTiles<float>(columns, 29);
        tiles.Pack(inputs, Supports.Of(inputs), rows, 1f);

        Assert.Equal(3, tiles.TileCount);
        for (int tile = 0; tile < tiles.TileCount; tile++)
        {
            StepList steps = tiles.StepsOf(tile);
            int height = tiles.RowsOf(tile);
            for (int r = 0; r < height; r++)
            {
                float[] unpacked = new float[columns];
                for (int step = 0; step < steps.Count; step++)
                {
                    unpacked[steps.Pointer[step]] = tiles.ValuesOf(tile)[(step * height) + r];
                }

                float[] expected = [.. inputs.Row(rows[InputTiles<float>.FirstOf(tile) + r]), .. extra ? [1f] : Array.Empty<float>()];
                Assert.Equal(expected, unpacked);
            }
        }
    }

    [Fact]
    public void A_coordinate_has_a_bit_for_every_input_that_is_not_zero_there()
    {
        Matrix<float> inputs = Sparse(70, 13);
        int[] rows = [.. NetworkShape.AllRows(70).Reverse().Where(row => row != 5)];
        Supports supports = Supports.OfCoordinates(inputs, rows);
        for (int k = 0; k < 13; k++)
        {
            Assert.Equal(rows.Count(row => inputs[row, k] != 0), supports.CountOf(k));
            for (int i = 0; i < rows.Length; i++)
            {
                Assert.Equal(inputs[rows[i], k] != 0, (supports[k][i / 64] >> (i % 64) & 1) != 0);
            }
        }
    }

    [Theory]
    [InlineData(70, false)]
    [InlineData(71, true)]
    [InlineData(72, false)]
    [InlineData(73, true)]
    public void Tiles_of_coordinates_hold_every_example_that_touches_them(int columns, bool extra)
    {
        Matrix<float> inputs = Sparse(30, columns - (extra ? 1 : 0));
        int[] rows = [.. NetworkShape.AllRows(30).Reverse().Take(17)];
        using var order = new CoordinateOrder(inputs, Supports.Of(inputs), extra);
        using var coordinates = new CoordinateTiles(order, 20);
        coordinates.Pack(inputs, rows);
        PlacedTiles tiles = coordinates.Tiles;

        Assert.Equal(columns, tiles.Rows);
        Assert.Equal(
            NetworkShape.AllRows(columns), Enumerable.Range(0, columns).Select(order.CoordinateAt).Order());
        float[,] unpacked = new float[17, columns];
        for (int tile = 0; tile < order.TileCount; tile++)
        {
            for (int step = 0; step < tiles.Counts[tile]; step++)
            {
                int example = tiles.Lists[(tile * (20 + StepList.Padding)) + step];
                for (int r = 0; r < order.HeightOf(tile); r++)
                {
                    int first = CoordinateOrder.FirstOf(tile);
                    unpacked[example, order.CoordinateAt(first + r)] = tiles.Values[(first * 20) + (step * order.HeightOf(tile)) + r];
                }
            }
        }

        for (int i = 0; i < 17; i++)
        {
            for (int k = 0; k < columns; k++)
            {
                Assert.Equal(k < inputs.Columns ? inputs[rows[i], k] : 1f, unpacked[i, k]);
            }
        }
    }

    [Fact]
    public void Coordinates_that_the_same_examples_touch_share_a_tile()
    {
        // Five kinds of coordinate, in turns; each kind has examples of its own.
        var inputs = new Matrix<float>(40, 60);
        for (int at = 0; at < inputs.Data.Length; at++)
        {
            inputs.Data[at] = at / 60 % 5 == at % 60 % 5 ? 1 : 0;
        }

        using var order = new CoordinateOrder(inputs, Supports.Of(inputs), hasBias: false);
        Assert.All(
            Enumerable.Range(0, 60).Select(order.CoordinateAt).Chunk(TileEngine.TileRows), tile => Assert.Single(tile.Select(k => k % 5).Distinct()));
    }

    private static Matrix<float> Sparse(int count, int dimension)
    {
        var inputs = new Matrix<float>(count, dimension);
        for (int at = 0; at < inputs.Data.Length; at++)
        {
            inputs.Data[at] = Chance.Next(5) == 0 ? (float)(Chance.NextDouble() - 0.5) : 0;
        }

        return inputs;
    }
}
