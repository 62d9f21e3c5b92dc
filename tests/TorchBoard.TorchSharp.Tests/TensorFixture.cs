using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>Tests whose tensors are disposed of after each.</summary>
internal abstract class TensorFixture
{
    private DisposeScope _scope = null!;

    [SetUp]
    public void OpenScope() => _scope = NewDisposeScope();

    [TearDown]
    public void CloseScope() => _scope.Dispose();
}
