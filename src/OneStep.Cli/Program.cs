using OneStep.Cli;
using OneStep.Cli.Verbs;

EmbeddedMnist.Prepare(args);
CliHost host = CliHost.FromConsole();
using var signals = new ShutdownSignals(() => OneStepCommand.EndByForce(host));
return await new OneStepCommand(host, new LibraryAttackBackend()).RunAsync(args, signals.Token);
