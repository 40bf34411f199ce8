namespace OneStep.Experiments.Certification;

/// <summary>What people call the kinds of perturbations, on pages and in terminals alike.</summary>
public static class PerturbationNames
{
    /// <summary>The name of a kind, in lower case.</summary>
    public static string Of(PerturbationKind kind) => kind switch
    {
        PerturbationKind.OneStep => "one step",
        PerturbationKind.Best => "best found",
        PerturbationKind.OneQuery => "one query",
        PerturbationKind.BallWide => "ball-wide",
        PerturbationKind.OwnStep => "own step",
        _ => "universal",
    };
}
