using System.Runtime.InteropServices;

namespace OneStep.Cli;

/// <summary>
/// Turns SIGINT and SIGTERM into a cancelled token. Work that does not end soon enough, or a second signal, ends the
/// process by force.
/// </summary>
internal sealed class ShutdownSignals : IDisposable
{
    // A person who presses Ctrl-C waits two seconds at most.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly ManualResetEventSlim _finished = new();
    private readonly Action _force;
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    /// <summary>Listens from now on.</summary>
    /// <param name="force">Ends the process at once.</param>
    public ShutdownSignals(Action force)
    {
        _force = force;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The event is not disposed of: a handler may still be waiting for it.
        _finished.Set();
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            _force();
            return;
        }

        // The runtime gives every signal a thread of its own, so waiting here holds nothing up.
        _cancellation.Cancel();
        if (!_finished.Wait(Patience))
        {
            _force();
        }
    }
}
