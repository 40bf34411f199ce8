using System.Globalization;
using OneStep.Claims;
using OneStep.Experiments;
using OneStep.Experiments.RandomNetworks;
using OneStep.Networks;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>Turns the finished cells of the studies of the systems that the poster builds on into what their claims are judged by.</summary>
internal static class ReproductionEarlierEvidence
{
    private const string Flipped = "flipped";

    /// <summary>Reads the cells. The length of every flip is needed, so that the rows of random networks are read, too, one cell
    /// after the other.</summary>
    /// <param name="studies">The studies.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">A cell's files have vanished or been changed meanwhile.</exception>
    public static EarlierEvidence Of(IReadOnlyList<ReproducedStudy> studies, CancellationToken cancellation = default)
    {
        // Of two studies that share a cell only one reads its rows.
        T[] All<T>(Func<StudyResults, CellResult, T> read, params StudyRole[] roles) =>
        [
            .. from study in studies
               where roles.Contains(study.Study.Role)
               from cell in study.Results.Cells
               group (study.Results, Cell: cell) by cell.Cell.Key into same
               select Read(read, same.First(), cancellation),
        ];
        return new()
        {
            TwoLayer = All(TwoLayer, StudyRole.RandomTwoLayer, StudyRole.Activations),
            Deep = All(Deep, StudyRole.RandomDeep),
            Flow = All(Flow, StudyRole.Flow),
            Limit = All((_, cell) => Limit(cell), StudyRole.KernelLimit),
            Initialized = All((_, cell) => InitializedNetwork.From(cell.Result), StudyRole.Initialization),
        };
    }

    private static T Read<T>(Func<StudyResults, CellResult, T> read, (StudyResults Results, CellResult Cell) pair, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return read(pair.Results, pair.Cell);
    }

    private static TwoLayerEnsemble TwoLayer(StudyResults results, CellResult cell) => new()
    {
        Dimension = Integer(cell, "dimension"),
        Seed = cell.Cell.Experiment.Seed,
        Networks = Integer(cell, "networks"),
        ScaledLengths = StepLengths(results.Rows(cell)),
        Width = Integer(cell, "width"),
        Activation = Choice<HiddenActivation>(cell, "activation"),
    };

    private static DeepEnsemble Deep(StudyResults results, CellResult cell) => new()
    {
        Dimension = Integer(cell, "dimension"),
        Seed = cell.Cell.Experiment.Seed,
        Networks = Integer(cell, "networks"),
        ScaledLengths = StepLengths(results.Rows(cell)),
        Depth = Integer(cell, "depth"),
        Width = Integer(cell, "width"),
        Profile = Choice<WidthProfile>(cell, "profile"),
        Ratio = Value(cell.Parameter("ratio")),
    };

    private static FlowEnsemble Flow(StudyResults results, CellResult cell)
    {
        int dimension = Integer(cell, "dimension");
        CellRows rows = results.Rows(cell);
        int length = Column(rows, "exact.length");
        int norm = Column(rows, "inputNorm");
        return new()
        {
            Dimension = dimension,
            Seed = cell.Cell.Experiment.Seed,
            Networks = Integer(cell, "networks"),

            // The path is there only where its end was confirmed in float64.
            ScaledLengths = [.. rows.Rows.Where(row => row[length].Length > 0).Select(row => Value(row[length]) * Math.Sqrt(dimension) / Value(row[norm]))],
            Depth = Integer(cell, "depth"),
            Ratio = Value(cell.Parameter("ratio")),
        };
    }

    private static LimitNetwork Limit(CellResult cell)
    {
        int side = Integer(cell, "side");
        return new()
        {
            Dimension = side * side,
            Width = Integer(cell, "width"),
            Initialization = Choice<InitializationKind>(cell, "initialization"),
            Seed = cell.Cell.Experiment.Seed,
            PerturbationNorm = cell.Number("network.perturbationNorm.mean"),
            LimitNorm = cell.Number("kernel.perturbationNorm.mean"),
            FlippedShare = FlippedShare(cell, "network") is double network && FlippedShare(cell, "kernel") is double kernel ? Math.Min(network, kernel) : null,
        };
    }

    private static double? FlippedShare(CellResult cell, string what)
    {
        int Count(string kind) => (int)cell.Number($"{what}.examples.{kind}")!.Value;
        return new ExampleCounts(Count("total"), Count("misclassified"), Count("flipped"), Count("notFlipped"), Count("noLabel"), Count("noDirection")).FlippedShare;
    }

    private static double[] StepLengths(CellRows rows)
    {
        int status = Column(rows, "status");
        int length = Column(rows, "scaledPerturbationNorm");
        return [.. rows.Rows.Where(row => row[status] == Flipped).Select(row => Value(row[length]))];
    }

    private static int Column(CellRows rows, string name) => rows.Columns.ToList().IndexOf(name);

    private static int Integer(CellResult cell, string name) => int.Parse(cell.Parameter(name), CultureInfo.InvariantCulture);

    private static T Choice<T>(CellResult cell, string name)
        where T : struct, Enum => Enum.Parse<T>(cell.Parameter(name), ignoreCase: true);

    private static double Value(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
