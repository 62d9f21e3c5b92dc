using TorchSharp;

namespace TorchBoard.Tests.Collection;

/// <summary>
/// What the finalizer frees, nothing held: libtorch may still have been reading it. No call of the adapter leaves it a
/// number or a tensor.
/// </summary>
[NonParallelizable]
internal sealed class UnheldTests
{
    private static readonly FinalizedObjects Finalized = new();

    [OneTimeTearDown]
    public void Close() => Finalized.Dispose();

    [Test]
    public void Objects_that_nothing_keeps_alive_are_counted()
    {
        using torch.Tensor tensor = torch.ones(3);

        Assert.That(Finalized.During(() => tensor.mul(2)), Is.EqualTo((1, 1)));
    }

    [TestCaseSource(typeof(AdapterCalls), nameof(AdapterCalls.Names))]
    public void No_number_and_no_tensor_is_left_to_the_finalizer(string call)
    {
        using var directory = new TestDirectory();
        using var parts = new AdapterParts();

        Assert.That(Finalized.During(Call), Is.EqualTo((0, 0)));

        void Call()
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using var writer = new SummaryWriter(directory);
            AdapterCalls.All[call](writer, parts);
        }
    }
}
