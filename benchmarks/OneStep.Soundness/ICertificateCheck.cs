using OneStep.Tests.References;

namespace OneStep.Soundness;

/// <summary>Finds certificates of one kind and looks for networks that they are false for.</summary>
internal interface ICertificateCheck
{
    /// <summary>What the table calls it.</summary>
    string Name { get; }

    /// <summary>Attacks the certificates of one instance.</summary>
    /// <param name="instance">The ball, inputs and labels.</param>
    /// <param name="random">Random numbers of this check and instance.</param>
    /// <param name="tally">Is told what is found.</param>
    void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally);
}
