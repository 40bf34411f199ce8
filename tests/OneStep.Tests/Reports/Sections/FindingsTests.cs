using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Reports.Sections;
using OneStep.Tests.Cli;

namespace OneStep.Tests.Reports.Sections;

public sealed class FindingsTests
{
    [Fact]
    public void All_flipped_is_said_with_the_median_size()
    {
        ExperimentResult result = SyntheticRun.Create(50, _ => ExampleStatus.Flipped).Result;
        Assert.Equal("One gradient step flips all 50 images", FindingsSection.Title(result));
        Assert.StartsWith(
            "All 50 correctly classified test images were flipped by one gradient step, of median relative size ‖δ‖/‖x‖ = 0.0",
            FindingsSection.Finding(result),
            StringComparison.Ordinal);
        Assert.EndsWith("Every flip was confirmed in double precision.", FindingsSection.Finding(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_attack_is_told_in_its_own_norm_and_pixels_are_counted()
    {
        Assert.Contains("with a median size ‖δ‖∞ of 0.0", FindingsSection.Finding(SyntheticExperiment.RunMethod("fgsm").Result), StringComparison.Ordinal);
        ExperimentResult pixels = SyntheticExperiment.RunMethod("hamming").Result;
        Assert.Contains("with a median size ‖δ‖₀ of 700;", FindingsSection.Finding(pixels), StringComparison.Ordinal);
        Assert.Contains("700<small>changed pixels</small>", FindingsSection.Of(pixels).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_flipped_is_not_kept_quiet()
    {
        ExperimentResult result = SyntheticRun.Create(50, index => index < 8 ? ExampleStatus.Misclassified : index < 11 ? ExampleStatus.NotFlipped : ExampleStatus.Flipped).Result;
        Assert.Equal("One gradient step flips 39 of 42 images", FindingsSection.Title(result));
        Assert.Contains("flipped 39 of the 42 correctly classified test images (92.9 %)", FindingsSection.Finding(result), StringComparison.Ordinal);
        Assert.Contains("3 were not flipped.", FindingsSection.Finding(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flip_that_was_not_confirmed_is_not_called_confirmed()
    {
        ExperimentResult result = SyntheticRun.Create(50, _ => ExampleStatus.Flipped).Result with { Verified = 49 };
        Assert.EndsWith("49 of these flips were confirmed in double precision.", FindingsSection.Finding(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_flipped_is_said()
    {
        ExperimentResult result = SyntheticRun.Create(4, _ => ExampleStatus.NotFlipped).Result;
        Assert.Equal("One gradient step flips none of 4 images", FindingsSection.Title(result));
        Assert.Equal("One gradient step flipped none of the 4 correctly classified test images.", FindingsSection.Finding(result));
    }

    [Fact]
    public void Nothing_correct_is_said()
    {
        ExperimentResult result = SyntheticRun.Create(4, index => index < 2 ? ExampleStatus.Misclassified : ExampleStatus.NoLabel).Result;
        Assert.Equal("There was nothing to attack", FindingsSection.Title(result));
        Assert.Equal("The network classifies none of the 4 test images correctly, so there was nothing to flip.", FindingsSection.Finding(result));
    }

    [Fact]
    public void Nothing_attacked_is_said() => Assert.Equal("No image was attacked.", FindingsSection.Finding(SyntheticRun.Create(0).Result));

    [Fact]
    public void One_image_is_one_image()
    {
        ExperimentResult flipped = SyntheticRun.Create(1, _ => ExampleStatus.Flipped).Result;
        Assert.Equal("One gradient step flips the one image", FindingsSection.Title(flipped));
        Assert.StartsWith("The one correctly classified test image was flipped", FindingsSection.Finding(flipped), StringComparison.Ordinal);
        ExperimentResult standing = SyntheticRun.Create(1, _ => ExampleStatus.NotFlipped).Result;
        Assert.Equal("One gradient step does not flip the one image", FindingsSection.Title(standing));
        Assert.Equal("One gradient step did not flip the one correctly classified test image.", FindingsSection.Finding(standing));
    }
}
