namespace OneStep.Numerics;

/// <summary>
/// Where passes read weights: memory that holds them, or a generator that draws the same panels anew in every pass, so
/// that no network is too wide. Panels have the layout of <see cref="PackedWeights"/>.
/// </summary>
internal unsafe interface IPanelSource
{
    /// <summary>The number of neurons m.</summary>
    int Rows { get; }

    /// <summary>The number of weights a neuron.</summary>
    int Columns { get; }

    /// <summary>The number of panels, ⌈m/32⌉.</summary>
    int PanelCount { get; }

    /// <summary>Whether panels are made for whoever asks: asking twice costs twice.</summary>
    bool IsGenerated { get; }

    /// <summary>Neighbouring panels, one behind the other; the lanes behind the last neuron are zero.</summary>
    /// <param name="first">The first panel.</param>
    /// <param name="end">The panel behind the last.</param>
    /// <param name="scratch">Room for them, which a generator fills and returns; memory returns its own and needs none.</param>
    float* Panels(int first, int end, float* scratch);
}
