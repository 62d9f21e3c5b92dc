using System.Globalization;
using System.Runtime.Intrinsics;

namespace TorchBoard.Tests.Writing;

/// <summary>
/// The cost of the first writer and the first scalar in a process: almost all of it is loading and compiling code, which
/// can be counted on any machine.
/// </summary>
/// <remarks>
/// This is why code that every writer runs
/// <list type="bullet">
/// <item>avoids LINQ, lambdas and foreach over lists, and generic types over structs, each of which is compiled again;</item>
/// <item>has fields in place of the properties of internal classes, because each accessor is compiled;</item>
/// <item>leaves to separate methods and classes what few programs need: failures, stores, embeddings, plugins;</item>
/// <item>uses constructors of spans rather than AsSpan and BinaryPrimitives, which are in another assembly.</item>
/// </list>
/// </remarks>
internal sealed class FirstUseTests
{
    [Test]
    public void The_first_scalar_compiles_few_methods_and_loads_few_assemblies()
    {
        if (!Vector128.IsHardwareAccelerated)
            Assert.Ignore("Without vector instructions, the framework's own code is compiled in each process.");
        using var directory = new TestDirectory();
        using Faults.Victim victim = Faults.Victim.Start("first-use", directory);
        List<string> lines = victim.ReadLines();

        Assert.That(int.Parse(lines[0], CultureInfo.InvariantCulture), Is.InRange(100, 230), "methods");
        Assert.That(
            lines[1].Split(' '),
            Has.Member("System.Collections").And.SubsetOf(new[]
            {
                "System.Collections", "System.Threading", "System.Threading.Thread", "System.Runtime.InteropServices",
                "Microsoft.Win32.Primitives",
            }));
    }
}
