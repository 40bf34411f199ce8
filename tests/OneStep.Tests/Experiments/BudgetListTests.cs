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
}
