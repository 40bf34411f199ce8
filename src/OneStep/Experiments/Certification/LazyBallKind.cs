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
        field ??= [.. Networks.Initial, .. IsTrained ? Networks.Training : [], .. Options];

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
        parameters.Network.Validate();
        Validate(parameters.Options);
    }

    /// <summary>Refuses options out of their ranges.</summary>
    protected abstract void Validate(TOptions options);

    /// <inheritdoc/>
    protected sealed override int DimensionOf(NetworkRequest<TOptions> parameters) => parameters.Network.Dimension;

    /// <inheritdoc/>
    protected sealed override double? RadiusOf(NetworkRequest<TOptions> parameters) => parameters.Network.Radius;

    /// <summary>Refuses results that are not to be trusted.</summary>
    /// <exception cref="OneStepException">A network withstands a certificate that speaks of it.</exception>
    protected static void RequireNone(IReadOnlyList<CertificateViolation> violations)
    {
        if (violations.Count > 0)
        {
            CertificateViolation first = violations[0];
            throw new OneStepException(
                $"Internal error: the {CertificationJson.Name(first.Kind)} perturbation of image {first.Index} leaves a network that it is certified for with y f(x+δ) = {first.Score}.");
        }
    }

    /// <summary>An integer of the options.</summary>
    protected static RecordParameter<NetworkRequest<TOptions>> Integer(
        string name, string description, string range, Func<TOptions, int> get, Func<TOptions, int, TOptions> set) =>
        RecordParameter<NetworkRequest<TOptions>>.Integer(name, description, range, p => get(p.Options), (p, value) => p with { Options = set(p.Options, value) });

    /// <summary>A number of the options.</summary>
    protected static RecordParameter<NetworkRequest<TOptions>> Number(
        string name, string description, string range, Func<TOptions, double> get, Func<TOptions, double, TOptions> set) =>
        RecordParameter<NetworkRequest<TOptions>>.Number(name, description, range, p => get(p.Options), (p, value) => p with { Options = set(p.Options, value) });
}
