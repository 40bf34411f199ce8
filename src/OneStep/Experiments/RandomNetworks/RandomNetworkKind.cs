using System.Diagnostics;
using System.Text;
using System.Text.Json;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>A kind of experiment on random networks: one row a network, no images.</summary>
/// <typeparam name="T">The record of the parameters.</typeparam>
internal abstract class RandomNetworkKind<T> : ExperimentKind
    where T : class
{
    private IReadOnlyList<ExperimentParameter>? _parameters;

    /// <inheritdoc/>
    public override IReadOnlyList<ExperimentParameter> Parameters => _parameters ??= [.. Fields.Select(parameter => parameter.Show(Default(seed: 0)))];

    /// <inheritdoc/>
    public override bool NeedsImages => false;

    /// <summary>Every parameter but the seed, in a fixed order.</summary>
    protected abstract IReadOnlyList<RecordParameter<T>> Fields { get; }

    /// <summary>The parameters with every default.</summary>
    /// <param name="seed">The seed.</param>
    protected abstract T Default(ulong seed);

    /// <summary>Refuses values out of their ranges.</summary>
    protected abstract void Validate(T parameters);

    /// <summary>What an experiment takes.</summary>
    protected abstract RandomNetworkCost CostOf(T parameters);

    /// <summary>Runs an experiment.</summary>
    protected abstract Result Measure(T parameters, AttackExecution execution);

    /// <summary>Writes what follows from the parameters and is worth knowing beside them.</summary>
    protected virtual void WriteDerived(Utf8JsonWriter json, T parameters)
    {
    }

    /// <inheritdoc/>
    private protected sealed override IMeasuredExperiment Read(MetadataEntries entries, ulong seed)
    {
        T parameters = Fields.Aggregate(Default(seed), (record, field) => field.Read(record, entries));
        Validate(parameters);
        return new Experiment(this, parameters, seed);
    }

    private void WriteParameters(Utf8JsonWriter json, T parameters, ulong seed)
    {
        json.WriteStartObject("parameters");
        foreach (RecordParameter<T> field in Fields)
        {
            json.WritePropertyName(JsonName(field.Name));
            if (field.IsNumber)
            {
                json.WriteRawValue(field.Text(parameters));
            }
            else
            {
                json.WriteStringValue(field.Text(parameters));
            }
        }

        WriteDerived(json, parameters);
        json.WriteNumber("seed", seed);
        json.WriteEndObject();
    }

    /// <summary>A name with dashes as JSON has it: <c>step-length</c> is <c>stepLength</c>.</summary>
    private static string JsonName(string name) =>
        string.Concat(name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>What was measured.</summary>
    /// <param name="Write">Writes the counts and summaries.</param>
    /// <param name="Columns">The names of the columns.</param>
    /// <param name="Rows">One row a network.</param>
    protected sealed record Result(
        Action<Utf8JsonWriter> Write, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

    private sealed class Experiment(RandomNetworkKind<T> kind, T parameters, ulong seed) : IMeasuredExperiment
    {
        private readonly RandomNetworkCost _cost = kind.CostOf(parameters);

        public ExperimentKind Kind => kind;

        public ulong Seed => seed;

        public IReadOnlyList<KeyValuePair<string, string>> Entries { get; } =
            [.. kind.Fields.Select(field => KeyValuePair.Create(field.Name, field.Text(parameters)))];

        public double Flops => _cost.Flops;

        public long NeededBytes => _cost.BytesWith(threads: 1);

        public Measurement Run(ImageDataset? images, ExperimentExecution execution)
        {
            ArgumentNullException.ThrowIfNull(execution);
            _cost.Require(execution);
            long started = Stopwatch.GetTimestamp();
            Result result = kind.Measure(parameters, AttackRelay.Execution(execution, ExperimentStage.Networks));
            return new(Document(result, Stopwatch.GetElapsedTime(started)), result.Columns, result.Rows);
        }

        private string Document(Result result, TimeSpan time)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, ExperimentJson.Indented))
            {
                json.WriteStartObject();
                kind.WriteParameters(json, parameters, seed);
                result.Write(json);
                ExperimentJson.WriteNumber(json, "seconds", time.TotalSeconds);
                json.WriteEndObject();
            }

            return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
    }
}
