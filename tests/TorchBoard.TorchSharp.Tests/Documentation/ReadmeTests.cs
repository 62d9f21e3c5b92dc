using System.Reflection;
using System.Text.RegularExpressions;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using TorchBoard.Watching;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests.Documentation;

/// <summary>The training loop in the package's README.</summary>
internal sealed class ReadmeTests
{
    [Test]
    public void The_loop_of_the_README_is_the_one_that_is_compiled_here_and_runs()
    {
        ReadmeExample.IsIn("# TorchBoard.TorchSharp", "ReadmeTests.cs");
        using var directory = new TestDirectory();
        string before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = directory;
        try
        {
            Loop();
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        RunLog run = RunLog.Open(Path.Combine(directory, "runs", "torchsharp"));
        Assert.That(run.Scalars["loss/train"].Count, Is.EqualTo(500));
        Assert.That(run.Histograms["gradients/0.weight"].Steps.ToArray(), Is.EqualTo([0L, 100, 200, 300, 400]));
    }

    [Test]
    public void Every_call_method_and_type_of_the_adapter_is_in_a_README()
    {
        // The table of all explanations is in the other README.
        string readme = Repository.Read("src/TorchBoard.TorchSharp/README.md") + Repository.Read("src/TorchBoard/README.md");
        IEnumerable<string> calls =
            from type in new[] { typeof(ModelExtensions), typeof(TensorExtensions) }
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            select method.Name;
        string[] types =
        [
            nameof(LibTorch), nameof(ModelAttention), nameof(ModelProbe), nameof(ModelScore), nameof(ModelSummary),
            nameof(ModelTarget), nameof(ModelWatch), nameof(PatchTokens), nameof(WatchOptions),
        ];
        IEnumerable<string> explanations =
            from method in typeof(ModelScore).GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.ReturnType == typeof(Attribution) || method.IsStatic
            select method.Name;
        IEnumerable<string> missing = calls.Concat(types).Concat(explanations).Concat(Enum.GetNames<ExplanationMethod>()).Distinct()
            .Where(name => !Regex.IsMatch(readme, $@"`[^`]*\b{name}\b[^`]*`|\b{name}\("));

        Assert.That(missing, Is.Empty);
    }

    private static void Loop()
    {
        using var writer = new SummaryWriter("runs/torchsharp");
        using var model = nn.Sequential(nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10));
        using var optimizer = optim.Adam(model.parameters());
        writer.AddGraph(model, zeros(1, 784));
        writer.AddModelSummary("model", model, 0, zeros(1, 784));
        using ModelWatch watch = writer.Watch(model, new WatchOptions { Optimizer = optimizer });
        for (long step = 0; step < 500; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor loss = nn.functional.cross_entropy(model.call(rand(32, 784)), randint(10, 32));
            optimizer.zero_grad();
            loss.backward();
            watch.Step(step);
            optimizer.step();
            writer.AddScalar("loss/train", loss, step);
        }
    }
}
