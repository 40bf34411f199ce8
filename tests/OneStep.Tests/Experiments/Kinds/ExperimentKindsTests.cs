using OneStep.Experiments.Kinds;

namespace OneStep.Tests.Experiments.Kinds;

public class ExperimentKindsTests
{
    public static TheoryData<string> Names => [.. ExperimentKinds.All.Select(kind => kind.Name)];

    public static TheoryData<string, string> Parameters
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (ExperimentKind kind in ExperimentKinds.All)
            {
                foreach (ExperimentParameter parameter in kind.Parameters)
                {
                    data.Add(kind.Name, parameter.Name);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Names_are_words_with_dashes_and_each_is_found()
    {
        Assert.All(ExperimentKinds.All, kind => Assert.Matches("^[a-z]+(-[a-z]+)*$", kind.Name));
        Assert.All(ExperimentKinds.All, kind => Assert.Same(kind, ExperimentKinds.Find(kind.Name)));
        Assert.Null(ExperimentKinds.Find("attack"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_given_has_its_default_and_entries_are_in_the_order_of_the_parameters(string name)
    {
        ExperimentKind kind = ExperimentKinds.Find(name)!;
        IMeasuredExperiment experiment = kind.Read(new Dictionary<string, string>(), seed: 7);

        Assert.Same(kind, experiment.Kind);
        Assert.Equal(7ul, experiment.Seed);
        Assert.Equal(kind.Parameters.Select(p => KeyValuePair.Create(p.Name, p.Default)), experiment.Entries);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Entries_read_back_are_the_same_entries(string name)
    {
        ExperimentKind kind = ExperimentKinds.Find(name)!;
        IMeasuredExperiment experiment = kind.Read(new Dictionary<string, string>(), seed: 0);

        Assert.Equal(experiment.Entries, kind.Read(experiment.Entries.ToDictionary(), seed: 0).Entries);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Flops_and_memory_are_estimated(string name)
    {
        IMeasuredExperiment experiment = ExperimentKinds.Find(name)!.Read(new Dictionary<string, string>(), seed: 0);

        Assert.InRange(experiment.Flops, 1e6, 1e16);
        Assert.InRange(experiment.NeededBytes, 1 << 10, 1L << 40);
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void What_makes_no_sense_is_refused_by_name(string name, string parameter)
    {
        ExperimentKind kind = ExperimentKinds.Find(name)!;
        InvalidParameterException exception = Assert.Throws<InvalidParameterException>(
            () => kind.Read(new Dictionary<string, string> { [parameter] = "?" }, seed: 0));

        Assert.Matches($"^{parameter} is '?[?]'?, but must be .*\\.$", exception.Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unknown_parameters_are_refused(string name)
    {
        InvalidParameterException exception = Assert.Throws<InvalidParameterException>(
            () => ExperimentKinds.Find(name)!.Read(new Dictionary<string, string> { ["colour"] = "red" }, seed: 0));

        Assert.Equal($"colour is 'red', but must be left out: {name} has no such parameter.", exception.Message);
    }
}
