namespace OneStep.Claims;

/// <summary>A network in its lazy ball of which something was measured on test images: what every such network has.</summary>
public abstract record MeasuredNetwork
{
    /// <summary>d.</summary>
    public required int Dimension { get; init; }

    /// <summary>m.</summary>
    public required int Width { get; init; }

    /// <summary>C0 of the ball the network was trained in.</summary>
    public required double C0 { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>max_s ‖w_s − w_{s,0}‖, in units of the weights.</summary>
    public required double Deviation { get; init; }

    /// <summary>How many test images there were.</summary>
    public required int Total { get; init; }

    /// <summary>V = C0/√m.</summary>
    public double Radius => C0 / Math.Sqrt(Width);
}
