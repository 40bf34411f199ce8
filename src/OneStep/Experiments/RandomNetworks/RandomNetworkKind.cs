using System.Diagnostics;
using System.Text.Json;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>A kind of experiment on random networks: one row a network, no images.</summary>
/// <typeparam name="T">The record of the parameters.</typeparam>
internal abstract class RandomNetworkKind<T> : RecordKind<T>
    where T : class
{
    /// <inheritdoc/>
    public override bool NeedsImages => false;

    /// <summary>What an experiment takes.</summary>
    protected abstract RandomNetworkCost CostOf(T parameters);

    /// <summary>Runs an experiment.</summary>
    protected abstract Result Measure(T parameters, AttackExecution execution);

    /// <summary>Writes what follows from the parameters and is worth knowing beside them.</summary>
    protected virtual void WriteDerived(Utf8JsonWriter json, T parameters)
    {
    }

    /// <inheritdoc/>
    protected sealed override IMeasuredExperiment Make(T parameters, ulong seed) => new Experiment(this, parameters, seed);

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

        public IReadOnlyList<KeyValuePair<string, string>> Entries { get; } = kind.EntriesOf(parameters);

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

        private string Document(Result result, TimeSpan time) => ExperimentJson.Format(json =>
        {
            json.WriteStartObject();
            kind.WriteParameters(json, parameters, seed, own => kind.WriteDerived(own, parameters));
            result.Write(json);
            ExperimentJson.WriteNumber(json, "seconds", time.TotalSeconds);
            json.WriteEndObject();
        });
    }
}
