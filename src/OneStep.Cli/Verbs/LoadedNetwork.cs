using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>Loads networks that <c>--save</c> kept, and sees that they meet the images they were made with.</summary>
internal static class LoadedNetwork
{
    /// <summary>Reads the network that a command line names; null where it names none.</summary>
    public static LoadedExperiment? Of(IAttackBackend backend, AttackRequest request, CancellationToken cancellation)
    {
        if (request.LoadPath is not { } path)
        {
            return null;
        }

        try
        {
            return backend.Load(path, cancellation);
        }
        catch (InvalidParameterException exception)
        {
            // The file asks for something impossible, not the command line.
            throw new OneStepException($"'{path}' is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the images that a command line names.</summary>
    /// <exception cref="UsageException">The network was made with others.</exception>
    public static ImageDataset ReadData(IAttackBackend backend, AttackRequest request, LoadedExperiment? loaded)
    {
        ImageDataset data = backend.ReadData(request.DataFolder);
        if (loaded is not null && !string.Equals(loaded.DatasetFingerprint, data.Fingerprint, StringComparison.Ordinal))
        {
            throw new UsageException(request.DataFolder is { } folder
                ? $"--data is '{folder}', but {request.LoadPath} was made with other images."
                : $"{request.LoadPath} was made with other images than the built-in MNIST, so --data must name their folder.");
        }

        return data;
    }
}
