using OneStep.Experiments.Certification;
using OneStep.Experiments.InfiniteWidth;
using OneStep.Experiments.RandomNetworks;

namespace OneStep.Experiments.Kinds;

/// <summary>The kinds of experiment there are beside the attack on a trained network.</summary>
public static class ExperimentKinds
{
    /// <summary>All kinds, in the order in which lists show them.</summary>
    public static IReadOnlyList<ExperimentKind> All { get; } =
        [new RandomTwoLayerKind(), new RandomDeepKind(), new FlowKind(), new KernelKind(), new KernelLimitKind(), new CertifyKind(), new BracketKind(), new CorollaryKind(), new ConeKind()];

    /// <summary>The kind of a name; null where there is none.</summary>
    public static ExperimentKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
