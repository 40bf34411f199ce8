using System.Text.Json;
using OneStep.Data;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>A kind of experiment at infinite width: on images, one row an attacked image.</summary>
/// <typeparam name="T">The record of the parameters.</typeparam>
internal abstract class InfiniteWidthKind<T> : RecordKind<T>
    where T : InfiniteWidthParameters
{
    /// <inheritdoc/>
    public override bool NeedsImages => true;

    /// <summary>What is learned.</summary>
    protected static IReadOnlyList<RecordParameter<T>> Task { get; } =
    [
        RecordParameter<T>.TwoClasses(p => p.Digits, (p, value) => With(p, all => all with { Digits = value })),
        RecordParameter<T>.Integer(
            "side", "The side of the images in pixels; d is its square", "an integer from 1 to 100", p => p.Side, (p, value) => With(p, all => all with { Side = value })),
        RecordParameter<T>.Integer(
            "train-limit",
            "Train on the first so many training images",
            InfiniteWidthCost.TrainLimitRange,
            p => p.TrainLimit,
            (p, value) => With(p, all => all with { TrainLimit = value })),
    ];

    /// <summary>How SGD trains, what is attacked, and how the margin is estimated.</summary>
    protected static IReadOnlyList<RecordParameter<T>> Descent { get; } =
    [
        RecordParameter<T>.Number(
            "learning-rate",
            "The step size of SGD",
            "a finite number above 0",
            p => p.Training.LearningRate,
            (p, value) => With(p, all => all with { Training = all.Training with { LearningRate = value } })),
        RecordParameter<T>.Integer(
            "batch",
            "Examples a minibatch of SGD",
            "an integer from 1 to 1000000",
            p => p.Training.Batch,
            (p, value) => With(p, all => all with { Training = all.Training with { Batch = value } })),
        RecordParameter<T>.Integer(
            "epochs",
            "Passes of SGD over the training images",
            "an integer from 1 to 1000000",
            p => p.Training.Epochs,
            (p, value) => With(p, all => all with { Training = all.Training with { Epochs = value } })),
        RecordParameter<T>.Optional(
            "limit", "Attack only the first so many test images", "an integer from 1 on, or none", p => p.Limit, (p, value) => With(p, all => all with { Limit = value })),
        RecordParameter<T>.Integer(
            "margin-samples",
            "Weights that the margin of [JT19] is estimated with; 0 leaves it out",
            "an integer from 0 to 100000",
            p => p.MarginSamples,
            (p, value) => With(p, all => all with { MarginSamples = value })),
    ];

    /// <summary>Runs an experiment.</summary>
    protected abstract Result Measure(T parameters, ImageDataset images, ExperimentExecution execution);

    /// <inheritdoc/>
    protected sealed override void Validate(T parameters) => parameters.Validate();

    /// <inheritdoc/>
    protected sealed override IMeasuredExperiment Make(T parameters, ulong seed) => new Experiment(this, parameters, seed);

    private static T With(T parameters, Func<InfiniteWidthParameters, InfiniteWidthParameters> change) => (T)change(parameters);

    /// <summary>What was measured.</summary>
    /// <param name="DatasetFingerprint">Names the data.</param>
    /// <param name="Write">Writes the numbers, the seconds last.</param>
    /// <param name="Columns">The names of the columns.</param>
    /// <param name="Rows">One row an attacked image.</param>
    protected sealed record Result(
        string DatasetFingerprint, Action<Utf8JsonWriter> Write, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

    private sealed class Experiment(InfiniteWidthKind<T> kind, T parameters, ulong seed) : IMeasuredExperiment
    {
        public ExperimentKind Kind => kind;

        public ulong Seed => seed;

        public IReadOnlyList<KeyValuePair<string, string>> Entries { get; } = kind.EntriesOf(parameters);

        public double Flops => parameters.Flops;

        public long NeededBytes => parameters.NeededBytes;

        public Measurement Run(ImageDataset? images, ExperimentExecution execution)
        {
            ArgumentNullException.ThrowIfNull(images);
            ArgumentNullException.ThrowIfNull(execution);
            Result result = kind.Measure(parameters, images, execution);
            return new(Document(result), result.Columns, result.Rows);
        }

        private string Document(Result result) => ExperimentJson.Format(json =>
        {
            json.WriteStartObject();
            kind.WriteParameters(json, parameters, seed, own =>
            {
                own.WriteNumber("d", parameters.Dimension);
                own.WriteString("datasetFingerprint", result.DatasetFingerprint);
            });
            result.Write(json);
            json.WriteEndObject();
        });
    }
}
