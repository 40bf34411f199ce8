using OneStep.Attacks;

namespace OneStep.Tests.Attacks;

public class AttackMethodsTests
{
    [Fact]
    public void Methods_make_attacks_of_their_name_and_norm()
    {
        Assert.Equal(["one-step", "fgsm", "pgd", "deepfool", "ddn", "fmn", "gradient-flow", "boundary-walk"], AttackMethods.Names);
        foreach (AttackMethod method in AttackMethods.All)
        {
            Assert.Same(method, AttackMethods.Named(method.Name));
            Assert.Equal(method.Norms[0], method.Create().Norm);
            foreach (NormKind norm in method.Norms)
            {
                IMinimumNormAttack attack = method.Create(new() { Norm = norm });
                Assert.Equal((method.Name, norm), (attack.Name, attack.Norm));
                Assert.StartsWith(method.Name, attack.ToString(), StringComparison.Ordinal);
            }

            Assert.All(method.Contains, contained => Assert.Contains(contained, AttackMethods.Names));
        }
    }

    [Fact]
    public void A_name_or_norm_that_is_unknown_is_named_with_those_that_are_known()
    {
        InvalidParameterException unknown = Assert.Throws<InvalidParameterException>(() => AttackMethods.Named("square"));
        Assert.Equal("attack", unknown.Parameter);
        Assert.Contains("one of one-step, fgsm, pgd", unknown.Message, StringComparison.Ordinal);
        InvalidParameterException norm = Assert.Throws<InvalidParameterException>(() => AttackMethods.Named("fgsm").Create(new() { Norm = NormKind.L2 }));
        Assert.Equal("norm is L2, but must be LInfinity for fgsm.", norm.Message);
    }

    [Fact]
    public void Their_texts_show_their_configurations()
    {
        Assert.Equal("fgsm (smallest ε)", $"{new MinimalFastGradientSign()}");
        Assert.Equal("fgsm (clipped)", $"{new FastGradientSignAttack { Clip = true }}");
        Assert.Equal("deepfool (at most 50 steps, overshoot 0.02)", $"{new DeepFoolAttack()}");
        Assert.Equal("ddn (steps 100, norm change 0.05, initial norm 1, step size 1 to 0.01, polished)", $"{new DecoupledDirectionNormAttack { Polish = true }}");
        Assert.Equal("fmn (steps 100, step size 1 to 0.01, norm change 0.05 to 0.001)", $"{new FastMinimumNormAttack()}");
        Assert.Equal("gradient-flow (step length 0.02, at most 1000 steps)", $"{new GradientFlowAttack()}");
        Assert.Equal(
            "pgd (ℓ∞, steps 20, step size 0.125 ε, plain start, restarts 0), smallest ε to 0.01",
            $"{AttackMethods.Named("pgd").Create(new() { Norm = NormKind.LInfinity })}");
    }

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Options_out_of_range_are_named(IMinimumNormAttack attack, string parameter)
    {
        var function = new FakeScoreFunction(2, 1);
        Assert.Equal(parameter, Assert.Throws<InvalidParameterException>(() => function.Attack(attack, new(new(1, 2, [1, 1]), [1]))).Parameter);
    }

    public static TheoryData<IMinimumNormAttack, string> WrongOptions => new()
    {
        { new DeepFoolAttack { MaximumSteps = 0 }, "maximum-steps" },
        { new DeepFoolAttack { Overshoot = -0.1 }, "overshoot" },
        { new DeepFoolAttack { Overshoot = double.NaN }, "overshoot" },
        { new DecoupledDirectionNormAttack { Steps = 0 }, "steps" },
        { new DecoupledDirectionNormAttack { NormChange = 1 }, "norm-change" },
        { new DecoupledDirectionNormAttack { InitialNorm = 0 }, "initial-norm" },
        { new DecoupledDirectionNormAttack { InitialStepSize = double.PositiveInfinity }, "initial-step-size" },
        { new DecoupledDirectionNormAttack { FinalStepSize = -1 }, "final-step-size" },
        { new FastMinimumNormAttack { Steps = 0 }, "steps" },
        { new FastMinimumNormAttack { InitialStepSize = 0 }, "initial-step-size" },
        { new FastMinimumNormAttack { FinalStepSize = double.NaN }, "final-step-size" },
        { new FastMinimumNormAttack { InitialNormChange = 0 }, "initial-norm-change" },
        { new FastMinimumNormAttack { FinalNormChange = 1 }, "final-norm-change" },
        { new GradientFlowAttack { StepLength = 1.5 }, "step-length" },
        { new GradientFlowAttack { MaximumSteps = 0 }, "maximum-steps" },
        { new BudgetSearch(new ProjectedGradientAttack()) { RelativeTolerance = 0 }, "relative-tolerance" },
        { new BudgetSearch(new ProjectedGradientAttack { Steps = 0 }), "steps" },
    };

    [Fact]
    public void Projected_gradient_does_not_count_coordinates() =>
        Assert.Equal("norm", Assert.Throws<InvalidParameterException>(
            () => new FakeScoreFunction(2, 1).Attack(new BudgetSearch(new ProjectedGradientAttack { Norm = NormKind.L0 }), new(new(1, 2, [1, 1]), [1]))).Parameter);
}
