namespace OneStep;

/// <summary>
/// Something a user can mend, said in one sentence: a damaged file, a missing folder, an impossible request. The command
/// line prints the message and exits with 1.
/// </summary>
public class OneStepException : Exception
{
    /// <summary>Makes an error with a sentence for the user.</summary>
    public OneStepException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error with a sentence for the user and what caused it.</summary>
    public OneStepException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an error without a sentence; prefer the others.</summary>
    public OneStepException()
    {
    }
}

/// <summary>An option's value is out of its range: the command line exits with 2.</summary>
public sealed class InvalidParameterException : OneStepException
{
    /// <summary>Names the parameter, the value and the range in one sentence.</summary>
    /// <param name="parameter">The parameter as users know it, for example <c>width</c>.</param>
    /// <param name="value">What was given.</param>
    /// <param name="range">What is allowed, to be read after "must be", for example "an integer from 1 to 10000000".</param>
    public InvalidParameterException(string parameter, object? value, string range)
        : base($"{parameter} is {value}, but must be {range}.")
    {
        Parameter = parameter;
        Range = range;
    }

    /// <summary>Makes an error with a sentence for the user.</summary>
    public InvalidParameterException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error with a sentence for the user and what caused it.</summary>
    public InvalidParameterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an error without a sentence; prefer the others.</summary>
    public InvalidParameterException()
    {
    }

    /// <summary>The parameter as users know it.</summary>
    public string? Parameter { get; }

    /// <summary>What is allowed, to be read after "must be".</summary>
    public string? Range { get; }

    /// <summary>Throws unless the value is in its range.</summary>
    internal static void Require(bool holds, string parameter, object? value, string range)
    {
        if (!holds)
        {
            throw new InvalidParameterException(parameter, value, range);
        }
    }
}
