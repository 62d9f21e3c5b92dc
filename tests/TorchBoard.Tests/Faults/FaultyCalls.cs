using System.Globalization;

namespace TorchBoard.Tests.Faults;

/// <summary>Faults of the system's own calls, by a library that is compiled here and preloaded into a program.</summary>
internal static class FaultyCalls
{
    // The numbers of Linux.
    public const int EIO = 5;
    public const int ENXIO = 6;
    public const int EFBIG = 27;
    public const int ENOSPC = 28;
    public const int ESPIPE = 29;
    public const int EDQUOT = 122;
    public const int ECANCELED = 125;

    /// <summary>The count of faults that never end.</summary>
    public const int Always = 0;

    private static readonly Lazy<string?> Library = new(Compile);

    /// <summary>
    /// The environment of a program in which, on files with a part of a path, a call fails from the first-th time on.
    /// Skips the test without a C compiler.
    /// </summary>
    public static Dictionary<string, string> On(string path, params (string Call, int Error, int First, int Count)[] faults)
    {
        if (Library.Value is not { } library)
        {
            Assert.Ignore("Making calls of the system fail needs Linux and a C compiler (cc).");
            return [];
        }

        return new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library,
            ["FAULTS_PATH"] = path,
            ["FAULTS"] = string.Join(',', faults.Select(fault => string.Create(
                CultureInfo.InvariantCulture, $"{fault.Call}:{fault.Error}:{fault.First}:{fault.Count}"))),
        };
    }

    private static string? Compile()
    {
        string source = Path.Combine(TestContext.CurrentContext.TestDirectory, "Faults", "faults.c");
        string library = Path.ChangeExtension(source, "so");
        try
        {
            return OperatingSystem.IsLinux() && Shell.Try("cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread")
                ? library
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
