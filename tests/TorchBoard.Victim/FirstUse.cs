using System.Runtime;

namespace TorchBoard.Victim;

/// <summary>Logs one scalar and reports the number of methods compiled for it and the assemblies loaded.</summary>
internal static class FirstUse
{
    public static void Report(string directory)
    {
        int before = (int)JitInfo.GetCompiledMethodCount();
        using (var writer = new SummaryWriter(directory))
            writer.AddScalar("loss", 1, 0);
        int after = (int)JitInfo.GetCompiledMethodCount();

        // Without LINQ, which would be loaded for it.
        string?[] loaded = Array.ConvertAll(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name);
        Console.WriteLine(after - before);
        Console.WriteLine(string.Join(' ', loaded));
    }
}
