using System.Globalization;
using System.Runtime.Intrinsics;

namespace TorchBoard.Tests.Writing;

/// <summary>
/// The cost of the first writer and the first scalar in a process: almost all of it is loading and compiling code, which
/// can be counted on any machine.
/// </summary>
/// <remarks>
/// This is why code that every writer runs avoids LINQ and lambdas, has classes in place of generic types over structs
/// (each of which is compiled again), sets properties in constructors, and creates what few programs use on first use.
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

        Assert.That(int.Parse(lines[0], CultureInfo.InvariantCulture), Is.InRange(100, 330), "methods");
        Assert.That(
            lines[1].Split(' '),
            Has.Member("TorchBoard").And.No.Member("Google.Protobuf").And.No.Member("System.Collections.Concurrent")
                .And.No.Member("System.IO.Hashing"));
    }
}
