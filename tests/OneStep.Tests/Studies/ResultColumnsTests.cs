using System.Text.Json;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public class ResultColumnsTests
{
    [Fact]
    public void A_document_becomes_a_row_of_paths()
    {
        using var document = JsonDocument.Parse(
            """
            {"parameters": {"d": 49, "m": 10, "radius": 0.5, "training": {"epochs": 3}},
             "training": {"steps": 4, "trace": [{"step": 1}], "robustTrace": [{"epoch": 1}]},
             "prediction": null,
             "norm": {"mean": 0.25, "std": null},
             "robust": {"budgets": [0.1, 0.2], "attacks": [{"name": "pgd", "accuracy": [1, 0]}], "clipped": null},
             "seconds": {"train": 1}}
            """);

        Assert.Equal(
            [
                ("d", "49"), ("radius", "0.5"), ("training.steps", "4"), ("norm.mean", "0.25"), ("norm.std", ""), ("robust.budgets.0", "0.1"),
                ("robust.budgets.1", "0.2"), ("robust.attacks.pgd.accuracy.0", "1"), ("robust.attacks.pgd.accuracy.1", "0"),
            ],
            ResultColumns.Of(document.RootElement));
    }
}
