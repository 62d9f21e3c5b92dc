using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

[assembly: TorchBoard.Tests.Loading.RequiresLibTorch]

namespace TorchBoard.Tests.Loading;

/// <summary>
/// Leaves only <see cref="LibTorchTests.Libtorch_loads"/> where libtorch cannot be loaded: one failure that says why, in
/// place of one for each test.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class RequiresLibTorchAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        try
        {
            LibTorch.EnsureLoaded();
        }
        catch (DllNotFoundException)
        {
            KeepLoadingTest(test);
        }
    }

    private static bool KeepLoadingTest(ITest test)
    {
        foreach (ITest inner in test.Tests.ToArray())
        {
            if (!KeepLoadingTest(inner))
                test.Tests.Remove(inner);
        }

        return test.Tests.Count > 0 || test.Name == nameof(LibTorchTests.Libtorch_loads);
    }
}
