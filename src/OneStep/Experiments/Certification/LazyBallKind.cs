using OneStep.Data;
using OneStep.Experiments.Kinds;

namespace OneStep.Experiments.Certification;

/// <summary>A kind of experiment on all networks of a lazy ball.</summary>
/// <typeparam name="TOptions">What is asked about the ball.</typeparam>
internal abstract class LazyBallKind<TOptions> : ImageKind<NetworkRequest<TOptions>>
    where TOptions : class, new()
{
    private static readonly NetworkParameters<NetworkRequest<TOptions>> Networks = new(request => request.Network, (request, network) => request with { Network = network });

    /// <inheritdoc/>
    protected sealed override IReadOnlyList<RecordParameter<NetworkRequest<TOptions>>> Fields =>
        field ??= [.. NetworkFields, .. Options];

    /// <summary>The parameters of the network.</summary>
    protected virtual IReadOnlyList<RecordParameter<NetworkRequest<TOptions>>> NetworkFields => [.. Networks.Initial, .. IsTrained ? Networks.Training : []];

    /// <summary>Whether a network is trained in the ball.</summary>
    protected abstract bool IsTrained { get; }

    /// <summary>The parameters of what is asked.</summary>
    protected abstract IReadOnlyList<RecordParameter<NetworkRequest<TOptions>>> Options { get; }

    /// <inheritdoc/>
    protected sealed override NetworkRequest<TOptions> Default(ulong seed) => new(new() { Seed = seed }, new());

    /// <inheritdoc/>
    protected sealed override void Validate(NetworkRequest<TOptions> parameters)
    {
        InvalidParameterException.Require(parameters.Network.Digits.IsBinary, "digits", $"'{parameters.Network.Digits}'", ClassSplit.BinaryRange);
        Validate(parameters.Options);
        NetworkOf(parameters).Validate();
    }

    /// <summary>The network, where what is asked says more of it.</summary>
    protected virtual ExperimentParameters NetworkOf(NetworkRequest<TOptions> parameters) => parameters.Network;

    /// <summary>Refuses options out of their ranges.</summary>
    protected abstract void Validate(TOptions options);

    /// <inheritdoc/>
    protected sealed override int DimensionOf(NetworkRequest<TOptions> parameters) => parameters.Network.Dimension;

    /// <inheritdoc/>
    protected sealed override double? RadiusOf(NetworkRequest<TOptions> parameters) => parameters.Network.Radius;

    /// <summary>Refuses results that are not to be trusted.</summary>
    /// <exception cref="OneStepException">A network withstands a certificate that speaks of it, or falls below a lower bound.</exception>
    protected internal static void RequireNone(CertifiedNetworkResult result)
    {
        if (result.Violations.Count > 0)
        {
            CertificateViolation first = result.Violations[0];
            throw new OneStepException(
                $"Internal error: the {CertificationJson.Name(first.Kind)} perturbation of image {first.Index} leaves a network that it is certified for with y f(x+δ) = {first.Score}.");
        }

        if (result.BrokenBounds.Count > 0)
        {
            LowerBoundViolation first = result.BrokenBounds[0];
            throw new OneStepException(
                $"Internal error: the {LowerBoundSet.Name(first.Bound)} bound says that nothing below {first.Radius} flips image {first.Index}, but the {CertificationJson.Name(first.Kind)} perturbation of {first.Norm} does.");
        }
    }

    /// <summary>An integer of the options.</summary>
    protected static RecordParameter<NetworkRequest<TOptions>> Integer(
        string name, string description, string range, Func<TOptions, int> get, Func<TOptions, int, TOptions> set) =>
        RecordParameter<NetworkRequest<TOptions>>.Integer(name, description, range, p => get(p.Options), (p, value) => p with { Options = set(p.Options, value) });

    /// <summary>The lower bounds among the options.</summary>
    protected static RecordParameter<NetworkRequest<TOptions>> LowerBounds(Func<TOptions, LowerBoundSet> get, Func<TOptions, LowerBoundSet, TOptions> set) =>
        RecordParameter<NetworkRequest<TOptions>>.Parsed(
            "lower-bounds",
            "NAME,...",
            "Prove for every image how small a perturbation cannot flip the network",
            LowerBoundSet.TwoLayerRange,
            text => LowerBoundSet.TryParse(text, out LowerBoundSet value) && value.IsFor(isDeep: false) ? value : null,
            p => get(p.Options),
            (p, value) => p with { Options = set(p.Options, value) });

    /// <summary>A number of the options.</summary>
    protected static RecordParameter<NetworkRequest<TOptions>> Number(
        string name, string description, string range, Func<TOptions, double> get, Func<TOptions, double, TOptions> set) =>
        RecordParameter<NetworkRequest<TOptions>>.Number(name, description, range, p => get(p.Options), (p, value) => p with { Options = set(p.Options, value) });
}
