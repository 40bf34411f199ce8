using OneStep.Experiments;

namespace OneStep.Tests.Experiments;

public class BudgetListTests
{
    [Fact]
    public void Budgets_are_sorted_and_stand_once()
    {
        var budgets = BudgetList.Parse("0.3,1e-2,0.3,0");
        Assert.Equal([0, 0.01, 0.3], budgets);
        Assert.Equal("0,0.01,0.3", budgets.ToString());
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        BudgetList budgets = new([Math.PI, 1.0 / 3]);
        Assert.Equal(budgets, BudgetList.Parse(budgets.ToString()));
        Assert.Equal(budgets.GetHashCode(), BudgetList.Parse(budgets.ToString()).GetHashCode());
        Assert.NotEqual(budgets, BudgetList.None);
        Assert.Equal(BudgetList.None, BudgetList.Parse(string.Empty));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("nan")]
    [InlineData("1e999")]
    [InlineData("0.1,,0.2")]
    [InlineData("a")]
    public void Anything_else_is_an_error_that_names_the_list(string text) =>
        Assert.Equal("robust-budgets", Assert.Throws<InvalidParameterException>(() => BudgetList.Parse(text)).Parameter);

    [Fact]
    public void Zero_is_written_in_one_way()
    {
        Assert.Equal("0", $"{new BudgetList([-0.0])}");
        Assert.Equal("0,1", $"{BudgetList.Parse("1,-0,0")}");
    }

    [Fact]
    public void The_budget_of_training_comes_on_top_of_a_thousand_others()
    {
        var budgets = new BudgetList(Enumerable.Range(1, 1000).Select(i => (double)i));
        Assert.Equal(1001, new ExperimentParameters { RobustBudgets = budgets, Adversarial = new() { Budget = 0.5 } }.EvaluatedBudgets.Count);
    }

    [Fact]
    public void A_long_text_is_cut_short_in_the_error()
    {
        string text = string.Join(',', Enumerable.Range(0, 2000));
        Assert.InRange(Assert.Throws<InvalidParameterException>(() => BudgetList.Parse(text)).Message.Length, 100, 200);
        Assert.InRange(Assert.Throws<InvalidParameterException>(() => BudgetList.Parse(text + "x")).Message.Length, 100, 200);
    }
}
