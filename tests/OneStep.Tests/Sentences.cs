namespace OneStep.Tests;

/// <summary>What every error for users must be: one sentence that names what it is about.</summary>
internal static class Sentences
{
    /// <summary>Runs what must fail and checks its message.</summary>
    /// <param name="action">What must fail with a <see cref="OneStepException"/>.</param>
    /// <param name="parts">What the message must name.</param>
    public static void AssertFails(Action action, params string[] parts)
    {
        OneStepException exception = Assert.ThrowsAny<OneStepException>(action);
        AssertOneSentence(exception.Message);
        Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    /// <summary>Checks that a message is one sentence on one line.</summary>
    public static void AssertOneSentence(string message)
    {
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain(". ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
