using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

/// <summary>The two-layer network behind an experiment that had one.</summary>
internal static class TwoLayerModels
{
    public static TrainedNetwork TwoLayer(this ExperimentRun run) => run.Model.TwoLayer();

    public static TrainedNetwork TwoLayer(this TrainedModel model) => ((LazyModel)model).Network;
}
