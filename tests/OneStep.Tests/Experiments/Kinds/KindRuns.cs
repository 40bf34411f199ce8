using System.Text.Json;
using System.Text.Json.Nodes;
using OneStep.Experiments;
using OneStep.Experiments.Kinds;

namespace OneStep.Tests.Experiments.Kinds;

/// <summary>Kinds of experiment, found by name and run on MNIST.</summary>
internal static class KindRuns
{
    public static IMeasuredExperiment Read(string kind, ulong seed, params (string Name, string Value)[] given) =>
        ExperimentKinds.Find(kind)!.Read(given.ToDictionary(entry => entry.Name, entry => entry.Value), seed);

    public static Measurement RunOnMnist(this IMeasuredExperiment experiment, int threads = 2) =>
        experiment.Run(MnistData.All, new ExperimentExecution { Threads = threads });

    /// <summary>The document without its last member, the seconds, which must be just that.</summary>
    public static JsonObject Numbers(this Measurement measurement)
    {
        JsonObject document = JsonNode.Parse(measurement.Json)!.AsObject();
        Assert.Equal("seconds", document.Last().Key);
        document.Remove("seconds");
        return document;
    }

    public static double Mean(this JsonNode document, string summary) => document[summary]!["mean"]!.GetValue<double>();

    public static double Number(this JsonNode document, string name) => document[name]!.GetValue<double>();

    /// <summary>Every row has a field for every column, and no field a comma.</summary>
    public static void AssertTable(Measurement measurement, int rows)
    {
        Assert.Equal(rows, measurement.Rows.Count);
        Assert.All(measurement.Rows, row =>
        {
            Assert.Equal(measurement.Columns.Count, row.Count);
            Assert.DoesNotContain(row, field => field.Contains(',', StringComparison.Ordinal));
        });
    }

    /// <summary>Entries name every parameter in its order, and reading them again gives the same.</summary>
    public static void AssertEntriesAreRead(ExperimentKind kind, params (string Name, string Value)[] given)
    {
        IMeasuredExperiment experiment = Read(kind.Name, 3, given);
        Assert.Equal(kind.Parameters.Select(p => p.Name), experiment.Entries.Select(entry => entry.Key));
        Assert.Equal(experiment.Entries, kind.Read(new Dictionary<string, string>(experiment.Entries), 3).Entries);
        Dictionary<string, string> values = given.ToDictionary(entry => entry.Name, entry => entry.Value);
        Assert.All(kind.Parameters, p => Assert.Equal(values.GetValueOrDefault(p.Name, p.Default), experiment.Entries.Single(entry => entry.Key == p.Name).Value));
        Assert.Equal(3UL, experiment.Seed);
        Assert.Same(kind, experiment.Kind);
        Assert.True(experiment is { Flops: > 0, NeededBytes: > 0 });
    }

    public static string Message(string kind, params (string Name, string Value)[] given) =>
        Assert.Throws<InvalidParameterException>(() => Read(kind, 0, given)).Message;

    public static void AssertSame(JsonNode expected, JsonNode actual) =>
        Assert.Equal(expected.ToJsonString(JsonSerializerOptions.Default), actual.ToJsonString(JsonSerializerOptions.Default));
}
