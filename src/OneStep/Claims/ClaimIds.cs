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

    /// <summary>One step flips random two-layer networks by a length of order d^(−1/2).</summary>
    public const string RandomTwoLayerFlat = "random-two-layer-flat";

    /// <summary>The same for deep random networks of constant depth.</summary>
    public const string RandomDeepFlat = "random-deep-flat";

    /// <summary>Gradient flow flips random networks of vanishing widths on a path of such a length.</summary>
    public const string GradientFlowFlips = "gradient-flow-flips";

    /// <summary>The flip of finite networks approaches that of the kernel.</summary>
    public const string KernelConverges = "kernel-converges";

    /// <summary>‖δ‖ ∝ d^(−1/2) comes from the random initial function.</summary>
    public const string InitializationMatters = "initialization-matters";

    /// <summary>One perturbation provably flips every network of the lazy ball.</summary>
    public const string BallWideCertificate = "ball-wide-certificate";

    /// <summary>Every network of the lazy ball provably has a robust error.</summary>
    public const string CertifiedRobustError = "certified-robust-error";

    /// <summary>Certificates do not depend on the scale of the weights.</summary>
    public const string ConeInvariance = "cone-invariance";

    /// <summary>The smallest flip is known to a few percent.</summary>
    public const string Bracket = "bracket";

    /// <summary>One step is nearly the shortest flip.</summary>
    public const string OneStepNearOptimal = "one-step-near-optimal";
}
