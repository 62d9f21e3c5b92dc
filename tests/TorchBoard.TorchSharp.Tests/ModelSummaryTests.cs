using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>A model's layers, shapes and parameters as text.</summary>
internal sealed class ModelSummaryTests
{
    [Test]
    public void Layers_shapes_and_parameters_are_a_table()
    {
        using nn.Module<Tensor, Tensor> body = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("relu", nn.ReLU()));
        using nn.Module<Tensor, Tensor> model = nn.Sequential(
            ("body", body), ("flatten", nn.Flatten()), ("head", nn.Linear(8, 300)));
        using Tensor input = ones(5, 1, 4, 4);

        Assert.That(ModelSummary.Of(model, input).ToString(), Is.EqualTo(
            """
            layer      type        output        parameters
            -----------------------------------------------
            (model)    Sequential  [5, 300]
              body     Sequential  [5, 2, 2, 2]
                conv   Conv2d      [5, 2, 2, 2]          20
                relu   ReLU        [5, 2, 2, 2]
              flatten  Flatten     [5, 8]
              head     Linear      [5, 300]           2,700
            -----------------------------------------------
            parameters: 2,720, 2,720 trainable, 0.011 MB
            """));
    }

    [Test]
    public void Shared_and_frozen_parameters_count_once_and_as_not_trained()
    {
        using nn.Module<Tensor, Tensor> shared = nn.Linear(3, 3);
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("a", shared), ("b", shared), ("c", nn.Linear(3, 1)));
        foreach (Tensor parameter in shared.parameters())
            parameter.requires_grad = false;

        ModelSummary summary = ModelSummary.Of(model);

        Assert.That((summary.Parameters, summary.TrainableParameters), Is.EqualTo((16, 4)));
        Assert.That(summary.ParameterBytes, Is.EqualTo(64));
        Assert.That(summary.Rows, Has.All.Property(nameof(ModelSummaryRow.OutputShapes)).Empty);
    }

    [Test]
    public void The_text_is_in_the_run_as_code_and_no_hook_stays()
    {
        using nn.Module<Tensor, Tensor> model = nn.Sequential(("fc", nn.Linear(3, 3)));
        using Tensor input = ones(5, 3);
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddModelSummary("model", model, 0, input);

        string text = RunLog.Open(directory).Text["model"].Values[0].ToString();

        Assert.That(text.Split('\n'), Has.All.StartsWith("    "));
        Assert.That(text, Does.Contain("fc"));
        Assert.That(HookCount.Of(model), Is.Zero);
        Assert.That(model.training, Is.True);
    }
}
