namespace OneStep.Studies;

/// <summary>
/// A study asks for something impossible: an unknown key, an empty axis, a value out of its range. The message begins with
/// where that stands, for example <c>studies/x.yaml:12</c>.
/// </summary>
public sealed class StudyFormatException : OneStepException
{
    /// <summary>Makes an error.</summary>
    /// <param name="location">The file and the line, or the option, in which it stands.</param>
    /// <param name="sentence">What is wrong, naming the key.</param>
    public StudyFormatException(string location, string sentence)
        : base($"{location}: {sentence}")
    {
    }

    /// <summary>Makes an error with a sentence for the user.</summary>
    public StudyFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error with a sentence for the user and what caused it.</summary>
    public StudyFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an error without a sentence; prefer the others.</summary>
    public StudyFormatException()
    {
    }
}
