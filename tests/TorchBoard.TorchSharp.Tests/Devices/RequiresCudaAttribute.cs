using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using TorchSharp;

namespace TorchBoard.Tests.Devices;

/// <summary>Ignores tests that need a CUDA device where there is none, or where libtorch is built without CUDA.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RequiresCudaAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (test.RunState == RunState.Runnable && !IsAvailable())
        {
            test.RunState = RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, "libtorch finds no CUDA device.");
        }
    }

    private static bool IsAvailable()
    {
        try
        {
            return torch.cuda.is_available();
        }
        catch (Exception e) when (e is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            return false;
        }
    }
}
