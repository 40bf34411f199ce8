using System.Globalization;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Kinds;

namespace OneStep.Tests.Studies;

/// <summary>
/// A kind of experiment that is as small as can be: it draws numbers from the seed and takes their mean; it may
/// demand images that it does not look at. The default of <c>spread</c> is not in its shortest form.
/// </summary>
internal sealed class DrawnMeans(string name = "drawn-means", bool needsImages = false) : ExperimentKind
{
    public override string Name => name;

    public override string Summary => "The mean of drawn numbers.";

    public override bool NeedsImages => needsImages;

    public override IReadOnlyList<ExperimentParameter> Parameters { get; } =
    [
        new("count", "4", "N", "How many numbers", "an integer from 1 to 1000"),
        new("spread", "1.0", "S", "Their largest size", "a number above 0"),
        new("blocks", "1", "B", "Blocks that numbers are drawn in", "an integer from 1 on"),
    ];

    private protected override IMeasuredExperiment Read(MetadataEntries entries, ulong seed)
    {
        var experiment = new Drawing(this, entries.Number<int>("count"), entries.Number<double>("spread"), entries.Number<int>("blocks"), seed);
        InvalidParameterException.Require(experiment.Count is >= 1 and <= 1000, "count", experiment.Count, "an integer from 1 to 1000");
        InvalidParameterException.Require(experiment.Spread > 0, "spread", experiment.Spread, "a number above 0");
        return experiment;
    }

    private sealed record Drawing(DrawnMeans Own, int Count, double Spread, int Blocks, ulong Seed) : IMeasuredExperiment
    {
        public ExperimentKind Kind => Own;

        public IReadOnlyList<KeyValuePair<string, string>> Entries => [new("count", Text(Count)), new("spread", Text(Spread)), new("blocks", Text(Blocks))];

        public double Flops => 1e6 * Count;

        public long NeededBytes => 8L * Count;

        public Measurement Run(ImageDataset? images, ExperimentExecution execution)
        {
            Assert.Equal(Own.NeedsImages, images is not null);
            if (NeededBytes > execution.AvailableMemory)
            {
                throw new OneStepException("There is not enough memory for the numbers.");
            }

            execution.Progress?.Report(new(ExperimentStage.Attack, 0, Count));
            var random = new Random((int)Seed);
            double[] values = [.. Enumerable.Range(0, Count).Select(_ => Spread * random.NextDouble())];
            double largest = values.Max();
            string second = Count > 4 ? $", \"largeness\": {{ \"mean\": {Text(largest)}, \"max\": {Text(largest)} }}" : string.Empty;
            string json = $$"""
                {
                  "parameters": { "count": {{Count}}, "seed": {{Seed}} },
                  "inputs": { "total": {{Count}}, "missing": 0 },
                  "drawnValue": { "mean": {{Text(values.Average())}}, "median": null, "max": {{Text(largest)}} },
                  "curve": [0.5, 0.25]{{second}},
                  "verdict": "drawn",
                  "seconds": {{Text(Environment.TickCount64)}}
                }

                """;
            return Count > 4
                ? new(json, ["index", "value", "squared"], [.. values.Select((v, i) => (string[])[Text(i), Text(v), Text(v * v)])])
                : new(json, ["index", "value"], [.. values.Select((v, i) => (string[])[Text(i), i == 0 ? string.Empty : Text(v)])]);
        }

        private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
    }
}
