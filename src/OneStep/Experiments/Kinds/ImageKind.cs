using System.Text.Json;
using OneStep.Data;

namespace OneStep.Experiments.Kinds;

/// <summary>A kind of experiment on images.</summary>
/// <typeparam name="T">The record of the parameters.</typeparam>
internal abstract class ImageKind<T> : RecordKind<T>
    where T : class
{
    /// <inheritdoc/>
    public override bool NeedsImages => true;

    /// <summary>How much work it is, and how much memory it needs.</summary>
    protected abstract (double Flops, long Bytes) CostOf(T parameters);

    /// <summary>The input dimension d.</summary>
    protected abstract int DimensionOf(T parameters);

    /// <summary>The radius V of the lazy ball; null where there is none.</summary>
    protected virtual double? RadiusOf(T parameters) => null;

    /// <summary>Runs an experiment.</summary>
    protected abstract Result Measure(T parameters, ImageDataset images, ExperimentExecution execution);

    /// <inheritdoc/>
    protected sealed override IMeasuredExperiment Make(T parameters, ulong seed) => new Experiment(this, parameters, seed);

    /// <summary>What was measured.</summary>
    /// <param name="DatasetFingerprint">Names the data.</param>
    /// <param name="Write">Writes the numbers, the seconds last.</param>
    /// <param name="Columns">The names of the columns.</param>
    /// <param name="Rows">One row an image, or what else the experiment counts; may be none.</param>
    protected sealed record Result(
        string DatasetFingerprint, Action<Utf8JsonWriter> Write, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

    private sealed class Experiment(ImageKind<T> kind, T parameters, ulong seed) : IMeasuredExperiment
    {
        private readonly (double Flops, long Bytes) _cost = kind.CostOf(parameters);

        public ExperimentKind Kind => kind;

        public ulong Seed => seed;

        public IReadOnlyList<KeyValuePair<string, string>> Entries { get; } = kind.EntriesOf(parameters);

        public double Flops => _cost.Flops;

        public long NeededBytes => _cost.Bytes;

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
                own.WriteNumber("d", kind.DimensionOf(parameters));
                if (kind.RadiusOf(parameters) is { } radius)
                {
                    ExperimentJson.WriteNumber(own, "radius", radius);
                }

                own.WriteString("datasetFingerprint", result.DatasetFingerprint);
            });
            result.Write(json);
            json.WriteEndObject();
        });
    }
}
