using System.Text.Json;

namespace OneStep.Experiments.Kinds;

/// <summary>A kind of experiment whose parameters are a record.</summary>
/// <typeparam name="T">The record.</typeparam>
internal abstract class RecordKind<T> : ExperimentKind
    where T : class
{
    private IReadOnlyList<ExperimentParameter>? _parameters;

    /// <inheritdoc/>
    public override IReadOnlyList<ExperimentParameter> Parameters => _parameters ??= [.. Fields.Select(parameter => parameter.Show(Default(seed: 0)))];

    /// <summary>Every parameter but the seed, in a fixed order.</summary>
    protected abstract IReadOnlyList<RecordParameter<T>> Fields { get; }

    /// <summary>The parameters with every default.</summary>
    /// <param name="seed">The seed.</param>
    protected abstract T Default(ulong seed);

    /// <summary>Refuses values out of their ranges.</summary>
    protected abstract void Validate(T parameters);

    /// <summary>The experiment of valid parameters.</summary>
    protected abstract IMeasuredExperiment Make(T parameters, ulong seed);

    /// <summary>Every parameter but the seed in its shortest form.</summary>
    protected IReadOnlyList<KeyValuePair<string, string>> EntriesOf(T parameters) =>
        [.. Fields.Select(field => KeyValuePair.Create(field.Name, field.Text(parameters)))];

    /// <summary>Writes <c>parameters</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="writeDerived">Writes what follows from them and is worth knowing beside them.</param>
    protected void WriteParameters(Utf8JsonWriter json, T parameters, ulong seed, Action<Utf8JsonWriter> writeDerived)
    {
        json.WriteStartObject("parameters");
        foreach (RecordParameter<T> field in Fields)
        {
            json.WritePropertyName(JsonName(field.Name));
            string text = field.Text(parameters);
            if (!field.IsNumber)
            {
                json.WriteStringValue(text);
            }
            else if (text == field.Absent)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteRawValue(text);
            }
        }

        writeDerived(json);
        json.WriteNumber("seed", seed);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    private protected sealed override IMeasuredExperiment Read(MetadataEntries entries, ulong seed)
    {
        T parameters = Fields.Aggregate(Default(seed), (record, field) => field.Read(record, entries));
        Validate(parameters);
        return Make(parameters, seed);
    }

    /// <summary>A name with dashes as JSON has it: <c>step-length</c> is <c>stepLength</c>.</summary>
    private static string JsonName(string name) =>
        string.Concat(name.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
