using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Tests.Experiments;

public class MethodOptionsTests
{
    [Fact]
    public void Every_method_is_valid_by_itself()
    {
        Assert.All(ExperimentMethods.Names, name => new MethodOptions { Name = name }.Validate());
        Assert.All(ExperimentMethods.Names, name => Assert.Equal(name, ExperimentMethods.Smallest(new() { Name = name }, seed: 0).Name));
        Assert.True(new MethodOptions().IsOneStep);
    }

    [Fact]
    public void What_a_method_does_not_know_is_refused_by_name()
    {
        (string Name, MethodOptions Options)[] wrong =
        [
            ("method", new() { Name = "two-step" }),
            ("budget", new() { Budget = 0.1 }),
            ("budget", new() { Name = "fgsm", Budget = -1 }),
            ("budget", new() { Name = "fgsm", Budget = double.NaN }),
            ("norm", new() { Name = "fgsm", Norm = NormKind.L2 }),
            ("attack-steps", new() { Name = "fgsm", Steps = 5 }),
            ("attack-steps", new() { Name = "boundary-walk", Steps = 0 }),
        ];
        Assert.All(wrong, one => Assert.Equal(one.Name, Assert.Throws<InvalidParameterException>(one.Options.Validate).Parameter));
    }

    [Fact]
    public void Steps_that_are_given_reach_the_attack()
    {
        foreach (string name in ExperimentMethods.Names.Where(ExperimentMethods.TakesSteps))
        {
            Assert.Contains("7", $"{ExperimentMethods.Smallest(new() { Name = name, Steps = 7 }, seed: 0)}", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_list_of_methods_has_each_known_name_once()
    {
        Assert.Equal(["fgsm", "one-step"], ExperimentMethods.ParseList("fgsm,one-step"));
        Assert.All(
            new[] { string.Empty, "fgsm,fgsm", "fgsm,,one-step", "unknown" },
            text => Assert.Equal("methods", Assert.Throws<InvalidParameterException>(() => ExperimentMethods.ParseList(text)).Parameter));
    }

    [Fact]
    public void Norms_have_the_names_that_users_type()
    {
        Assert.Equal(["l2", "linf", "l0"], Enum.GetValues<NormKind>().Select(NormNames.Of));
        Assert.All(Enum.GetValues<NormKind>(), norm => Assert.Equal(norm, NormNames.Parse(NormNames.Of(norm))));
        Assert.Null(NormNames.Parse("l1"));
    }
}
