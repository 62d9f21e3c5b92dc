using TorchBoard.Hyperparameters;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Hyperparameters and learning rates from optimizers.</summary>
internal sealed class OptimizerTests : TensorFixture
{
    [Test]
    public void An_optimizers_settings_are_hyperparameters()
    {
        using optim.Optimizer optimizer =
            optim.Adam([Weights()], lr: 0.01, beta2: 0.9, weight_decay: 0.5, amsgrad: true);

        Dictionary<string, Hyperparameter> values = Logged(optimizer, new() { ["batch"] = 32, ["eps"] = 1 });

        Assert.That(values["optimizer"], Is.EqualTo((Hyperparameter)"Adam"));
        Assert.That(values["lr"], Is.EqualTo((Hyperparameter)0.01));
        Assert.That(values["beta2"], Is.EqualTo((Hyperparameter)0.9));
        Assert.That(values["weight_decay"], Is.EqualTo((Hyperparameter)0.5));
        Assert.That(values["amsgrad"], Is.EqualTo((Hyperparameter)true));
        Assert.That(values["batch"], Is.EqualTo((Hyperparameter)32));
        Assert.That(values["eps"], Is.EqualTo((Hyperparameter)1));
    }

    [Test]
    public void Groups_have_settings_of_their_own()
    {
        using optim.Optimizer optimizer = TwoGroups();

        Dictionary<string, Hyperparameter> values = Logged(optimizer, []);

        Assert.That(values["group0/lr"], Is.EqualTo((Hyperparameter)0.1));
        Assert.That(values["group1/lr"], Is.EqualTo((Hyperparameter)0.02));
        Assert.That(values["group1/momentum"], Is.EqualTo((Hyperparameter)0.9));
        Assert.That(values.Keys, Has.No.Member("lr"));
    }

    [Test]
    public void Learning_rates_are_curves()
    {
        using var directory = new TestDirectory();
        using optim.Optimizer one = optim.SGD([Weights()], 0.5);
        using optim.Optimizer two = TwoGroups();
        optim.lr_scheduler.LRScheduler schedule = optim.lr_scheduler.StepLR(one, 1, 0.1);
        using (var writer = new SummaryWriter(directory))
        {
            for (int step = 0; step < 3; step++)
            {
                writer.AddLearningRates(one, step);
                one.step();
                schedule.step();
            }

            writer.AddLearningRates(two, 0, "rate");
        }

        RunLog run = RunLog.Open(directory);
        Assert.That(run.Scalars["lr"].Values.ToArray(), Is.EqualTo([0.5, 0.05, 0.005]).Within(1e-7));
        Assert.That(run.Scalars["rate/group0"].Values[0], Is.EqualTo(0.1f));
        Assert.That(run.Scalars["rate/group1"].Values[0], Is.EqualTo(0.02f));
    }

    [Test]
    public void Every_optimizer_is_understood()
    {
        Parameter[] weights = [Weights()];
        optim.Optimizer[] optimizers =
        [
            optim.ASGD(weights), optim.Adadelta(weights), optim.Adagrad(weights), optim.AdamW(weights),
            optim.Adamax(weights), optim.LBFGS(weights), optim.NAdam(weights), optim.RAdam(weights),
            optim.RMSProp(weights), optim.Rprop(weights),
        ];
        foreach (optim.Optimizer optimizer in optimizers)
        {
            Assert.That(Logged(optimizer, []).Keys, Is.SupersetOf((string[])["optimizer", "lr"]));
            optimizer.Dispose();
        }
    }

    private static Dictionary<string, Hyperparameter> Logged(
        optim.Optimizer optimizer, Dictionary<string, Hyperparameter> others)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddHyperparameters(optimizer, others);
        return RunLog.Open(directory).Hyperparameters!.Values.ToDictionary();
    }

    private static SGD TwoGroups() => optim.SGD(
        [
            new SGD.ParamGroup([Weights()], new SGD.Options { LearningRate = 0.1, InitialLearningRate = 0.1 }),
            new SGD.ParamGroup(
                [Weights()], new SGD.Options { LearningRate = 0.02, InitialLearningRate = 0.02, momentum = 0.9 }),
        ],
        0.1);

    private static Parameter Weights() => nn.Parameter(ones(2));
}
