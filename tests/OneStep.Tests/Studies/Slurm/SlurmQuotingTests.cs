using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmQuotingTests
{
    private const string Awkward = "ab/ \t'\"\\$`!#%&*?~;|<>(){}[]=é∇";

    private static Gen<string> Texts => from text in Gen.Elements<char>([.. Awkward]).ArrayOf() select new string(text);

    [Theory]
    [InlineData("onestep", "onestep")]
    [InlineData("/a/b-1.2_c", "/a/b-1.2_c")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("plain\n", "'plain\n'")]
    public void Words_are_quoted_only_where_they_must_be(string text, string word) => Assert.Equal(word, SlurmQuoting.ShellWord(text));

    [Fact]
    public void A_shell_reads_every_word_back()
    {
        string[] texts = [.. Texts.Sample(60, 200), "", "-n", "a\nb", "~root", "*"];
        string script = $"printf '%s\\0' {string.Join(' ', texts.Select(SlurmQuoting.ShellWord))}";
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(texts, output.Split('\0')[..^1]);
    }

    [Fact]
    public void Sbatch_reads_every_directive_back() => Prop.ForAll(Texts.ToArbitrary(), text =>
        Assert.Equal([$"--output={text}", "--requeue"], SbatchReader.Words($"--output={SlurmQuoting.Directive(text)} --requeue # end")))
        .Check(Config.QuickThrowOnFailure.WithReplay(11UL, 13UL));

    [Fact]
    public void A_percent_sign_in_a_folder_is_no_symbol() => Assert.Equal("/50%% of %%a/x", SlurmQuoting.FilePattern("/50% of %a/x"));
}
