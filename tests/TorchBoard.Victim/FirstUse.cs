using System.Reflection;
using System.Runtime;

namespace TorchBoard.Victim;

/// <summary>Logs one scalar and reports the number of methods compiled and the assemblies loaded for it.</summary>
internal static class FirstUse
{
    public static void Report(string directory)
    {
        Assembly[] known = AppDomain.CurrentDomain.GetAssemblies();
        int before = (int)JitInfo.GetCompiledMethodCount();
        using (var writer = new SummaryWriter(directory))
            writer.AddScalar("loss", 1, 0);
        int after = (int)JitInfo.GetCompiledMethodCount();

        // Without LINQ, which would be loaded for it.
        Assembly[] loaded = Array.FindAll(
            AppDomain.CurrentDomain.GetAssemblies(), assembly => Array.IndexOf(known, assembly) < 0);
        Console.WriteLine(after - before);
        Console.WriteLine(string.Join(' ', Array.ConvertAll(loaded, assembly => assembly.GetName().Name)));
    }
}
