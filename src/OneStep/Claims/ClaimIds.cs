namespace OneStep.Claims;

/// <summary>The names of the claims: a contract with whoever reads them.</summary>
public static class ClaimIds
{
    /// <summary>One gradient step flips the prediction.</summary>
    public const string SingleStepSuffices = "single-step-suffices";

    /// <summary>‖δ‖ ∝ d^(−1/2).</summary>
    public const string PerturbationSlope = "perturbation-slope";

    /// <summary>‖∇f‖ ∝ d^(1/2).</summary>
    public const string GradientSlope = "gradient-slope";

    /// <summary>η ∝ 1/d.</summary>
    public const string StepSlope = "step-slope";

    /// <summary>At a budget ε = c/√d the robust error is above 0.9.</summary>
    public const string RobustErrorCorollary = "robust-error-corollary";

    /// <summary>The deviation of unconstrained SGD is of order m^(−1/2).</summary>
    public const string DeviationSlope = "deviation-slope";

    /// <summary>Robust accuracy drops sharply at a budget of order d^(−1/2).</summary>
    public const string SharpDrop = "sharp-drop";

    /// <summary>The radius at which adversarial training begins to work is of order m^(−1/2).</summary>
    public const string PhaseThresholdSlope = "phase-threshold-slope";

    /// <summary>No network left its lazy ball.</summary>
    public const string LazyBallRespected = "lazy-ball-respected";
}
