using OneStep.Experiments;
using OneStep.Reports;
using OneStep.Reproduction;
using OneStep.Studies;
using OneStep.Tests.Studies;

namespace OneStep.Tests.Reproduction;

/// <summary>A profile of studies so small that all of them take about a second.</summary>
internal static class ReproductionScenes
{
    public static readonly ReportProvenance Provenance = new() { Version = "1.2.3", Command = "onestep reproduce" };

    private static readonly Dictionary<string, string> Studies = new(StringComparer.Ordinal)
    {
        ["widths"] = "{title: Widths, parameters: {epochs: 1}, axes: {width: [16, 32], side: [4, 5, 6]}, seeds: 2}",
        ["radii"] = "{title: Radii, parameters: {epochs: 1, width: 32}, axes: {c0: [1, 10], side: [4, 5, 6]}, seeds: 2}",
        ["budgets"] = "{title: Budgets, parameters: {epochs: 1, width: 16, ball: project, c0: 5}, axes: {side: [4, 5, 6], adversarial-budget: [0.01, 0.3, 1]}, seeds: 2}",
        ["phase"] = "{title: Phase, parameters: {epochs: 1, side: 4, ball: project, adversarial-budget: 0.1}, axes: {width: [16, 32, 64], deviation: [0.1, 1, 10]}, seeds: 2}",
        ["deviation"] = "{title: Deviation, parameters: {epochs: 1, side: 4, ball: none}, axes: {width: [16, 32, 64]}, seeds: 2}",
        ["attacks"] = "{title: Attacks, parameters: {epochs: 1, width: 16, limit: 5}, axes: {method: [one-step, deepfool], side: [4, 5]}, seeds: 1}",
        ["deep"] = "{title: Deep, parameters: {epochs: 1, hidden: '8,4', limit: 5}, axes: {method: [one-step, deepfool], side: [4, 5]}, seeds: 1}",
        ["hamming"] = "{title: Pixels, parameters: {epochs: 1, hidden: 8, side: 4, limit: 3, method: hamming, output-moves: true}, axes: {digits: ['0,1', '1,0'], untrained: [false, true]}, seeds: 2}",
    };

    public static ReproductionProfile Profile { get; } = new(
        ProfileName.Quick,
        "Toys.",
        [
            new(StudyRole.Widths, "widths", []),
            new(StudyRole.Radii, "radii", []),
            new(StudyRole.Budgets, "budgets", []),
            new(StudyRole.Phase, "phase", []),
            new(StudyRole.Deviation, "deviation", []),
        ])
    {
        Representative = new ExperimentParameters { Side = 6, Width = 64, Training = new() { Epochs = 1 } },
    };

    /// <summary>The studies beyond the poster's.</summary>
    public static ReproductionProfile Others { get; } = Profile with
    {
        Studies = [new(StudyRole.Attacks, "attacks", []), new(StudyRole.DeepAttacks, "deep", []), new(StudyRole.Hamming, "hamming", [])],
    };

    public static StudyDefinition Find(string name) => StudyFile.Parse(Studies[name], name, name + ".yaml");

    public static ReproductionPlan Plan(ulong seed = 0, ReproductionProfile? profile = null) =>
        ReproductionPlan.Of(profile ?? Profile, Find, StudyScenes.Dataset.Fingerprint, seed);

    public static ReproductionResult Run(CellStore store, StudyExecution? execution = null, ReproductionPlan? plan = null) =>
        new ReproductionRunner(plan ?? Plan(), StudyScenes.Dataset, store).Run(execution ?? new() { Threads = 2 });
}
