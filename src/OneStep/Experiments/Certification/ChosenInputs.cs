using OneStep.Attacks;
using OneStep.Data;

namespace OneStep.Experiments.Certification;

/// <summary>The first test inputs that a network classifies correctly, with a gradient to step along.</summary>
/// <param name="Inputs">The inputs, their labels, and what the network says.</param>
/// <param name="Positions">Where they stand in the test set, ascending.</param>
/// <param name="Examined">How many test inputs were looked at: up to the last one chosen, or all.</param>
/// <param name="CleanAccuracy">The part of these that is classified correctly.</param>
internal sealed record ChosenInputs(ModelClassification Inputs, int[] Positions, int Examined, double CleanAccuracy)
{
    // What is looked at beyond the number asked for, so that a second look is rare.
    private const int Reserve = 8;

    /// <summary>Chooses them.</summary>
    /// <exception cref="OneStepException">There is none.</exception>
    public static ChosenInputs Of(TrainedModel model, LabelledInputs test, int count, AttackExecution execution)
    {
        for (long looked = (long)count + (count / Reserve) + Reserve; ; looked *= 2)
        {
            LabelledInputs some = test.Take((int)Math.Min(looked, test.Count));
            ModelClassification all = ModelClassification.Of(model, some, execution);
            int[] positions = [.. Enumerable.Range(0, some.Count).Where(i => all.Statuses[i] == ExampleStatus.NotFlipped).Take(count)];
            if (positions.Length < count && some.Count < test.Count)
            {
                continue;
            }

            if (positions.Length == 0)
            {
                throw new OneStepException($"The network classifies none of the {some.Count} test images correctly, so there is nothing to certify.");
            }

            int examined = positions.Length == count ? positions[^1] + 1 : some.Count;
            int correct = Enumerable.Range(0, examined).Count(i => all.Statuses[i] is ExampleStatus.NotFlipped or ExampleStatus.NoDirection);
            var chosen = new LabelledInputs(some.Inputs.SelectRows(positions), [.. positions.Select(i => some.Labels[i])]);
            return new(ModelClassification.Of(model, chosen, execution), positions, examined, correct / (double)examined);
        }
    }
}
