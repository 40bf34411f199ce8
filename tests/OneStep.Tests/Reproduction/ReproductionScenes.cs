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
        ["two"] = "{title: Two, experiment: random-two-layer, parameters: {networks: 4}, axes: {width: [16, 32, 64], dimension: [4, 8, 16]}, seeds: 3}",
        ["smooth"] = "{title: Smooth, experiment: random-two-layer, parameters: {networks: 4}, axes: {activation: [tanh, relu], width: [16, 32, 64], dimension: [4, 8, 16]}, seeds: 3}",
        ["layers"] = "{title: Layers, experiment: random-deep, parameters: {networks: 4, width: 16, ratio: 2}, axes: {profile: [constant, bottleneck], depth: [2], dimension: [8, 16, 32]}, seeds: 3}",
        ["flow"] = "{title: Flow, experiment: gradient-flow, parameters: {networks: 4, ratio: 2, depth: 1}, axes: {dimension: [16, 32, 64]}, seeds: 3}",
        ["limit"] = "{title: Limit, experiment: kernel-limit, parameters: {side: 4, train-limit: 40, epochs: 2, limit: 10}, axes: {width: [16, 64, 256], initialization: [antisymmetric, standard]}, seeds: 3}",
        ["predictors"] = "{title: Predictors, experiment: kernel, parameters: {side: 4, train-limit: 40, limit: 10}, axes: {regularization: [0.1, 0.01]}, seeds: 1}",
        ["certify"] = "{title: Certify, experiment: certify, parameters: {epochs: 1, width: 64, count: 5}, axes: {side: [6, 8], c0: [0.1, 0.3]}, seeds: 2}",
        ["frontier"] = "{title: Frontier, experiment: corollary, parameters: {side: 4, count: all, budget: 0.1}, axes: {width: [16, 32, 64], c0: [0.05, 0.4, 4]}, seeds: 2}",
        ["bounds"] = "{title: Bounds, experiment: corollary, parameters: {width: 16, c0: 5, count: all}, axes: {side: [4, 5, 6], budget: [0.01, 0.3, 1]}, seeds: 2}",
        ["cone"] = "{title: Cone, experiment: cone, parameters: {epochs: 1, side: 6, width: 64, c0: 0.2, count: 5}, axes: {scale: [0.01, 1, 100]}, seeds: 2}",
        ["bracket"] = "{title: Bracket, experiment: bracket, parameters: {epochs: 1, width: 64, count: 5}, axes: {network: [initialized, trained, adversarial, antisymmetric], side: [4, 6]}, seeds: 2}",
        ["initialization"] = "{title: Initialization, parameters: {epochs: 1, width: 32, c0: 5}, axes: {initialization: [standard, antisymmetric], side: [4, 5, 6]}, seeds: 3}",
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

    /// <summary>The studies of the systems that the poster builds on.</summary>
    public static ReproductionProfile Earlier { get; } = Profile with
    {
        Studies =
        [
            new(StudyRole.RandomTwoLayer, "two", []),
            new(StudyRole.Activations, "smooth", []),
            new(StudyRole.RandomDeep, "layers", []),
            new(StudyRole.Flow, "flow", []),
            new(StudyRole.KernelLimit, "limit", []),
            new(StudyRole.Predictors, "predictors", []),
            new(StudyRole.Initialization, "initialization", []),
        ],
    };

    /// <summary>The studies of certificates, with the networks that they are held against.</summary>
    public static ReproductionProfile Certified { get; } = Profile with
    {
        Studies =
        [
            new(StudyRole.Budgets, "budgets", []),
            new(StudyRole.Phase, "phase", []),
            new(StudyRole.BallWide, "certify", []),
            new(StudyRole.Frontier, "frontier", []),
            new(StudyRole.BudgetFrontier, "bounds", []),
            new(StudyRole.Cone, "cone", []),
            new(StudyRole.Bracket, "bracket", []),
        ],
    };

    public static StudyDefinition Find(string name) => StudyFile.Parse(Studies[name], name, name + ".yaml");

    public static ReproductionPlan Plan(ulong seed = 0, ReproductionProfile? profile = null) =>
        ReproductionPlan.Of(profile ?? Profile, Find, StudyScenes.Dataset.Fingerprint, seed);

    public static ReproductionResult Run(CellStore store, StudyExecution? execution = null, ReproductionPlan? plan = null) =>
        new ReproductionRunner(plan ?? Plan(), StudyScenes.Dataset, store).Run(execution ?? new() { Threads = 2 });
}
