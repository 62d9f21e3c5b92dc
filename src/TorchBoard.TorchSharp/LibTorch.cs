using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace TorchBoard;

/// <summary>The native library that TorchSharp calls.</summary>
public static partial class LibTorch
{
    private const string Shim = "LibTorchSharp";

    /// <summary>
    /// Loads TorchSharp's native library, or throws an exception that names the cause and the remedy. Call it first in
    /// a program that runs on machines you do not know: TorchSharp itself blames a missing package, whatever the cause.
    /// </summary>
    /// <remarks>
    /// TorchSharp 0.107 needs a libstdc++ of GCC 13 or later on Linux: Debian 13, Ubuntu 24.04, Fedora 38. Thread-safe;
    /// once the library is loaded, a call does nothing.
    /// </remarks>
    /// <exception cref="DllNotFoundException">The library, or a library that it needs, cannot be loaded.</exception>
    public static void EnsureLoaded()
    {
        // TorchSharp's own loader copies all of libtorch beside the program before it gives up, so it comes second.
        try
        {
            NativeLibrary.Load(Shim, typeof(torch).Assembly, DllImportSearchPath.AssemblyDirectory);
        }
        catch (DllNotFoundException e) when (CauseOf(e.Message) is { } cause)
        {
            throw new DllNotFoundException(cause, e);
        }
        catch (DllNotFoundException)
        {
            // TorchSharp may know another place.
        }

        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            throw new DllNotFoundException(
                "TorchSharp's native library is not beside the program: add a package reference to TorchSharp-cpu, "
                + "TorchSharp-cuda-linux or TorchSharp-cuda-windows, of the version of TorchSharp.",
                e);
        }
    }

    /// <summary>
    /// What to say of the dynamic linker's messages where it found the library and misses another; null otherwise.
    /// </summary>
    internal static string? CauseOf(string messages)
    {
        if (MissingVersion().Match(messages) is { Success: true } version)
        {
            return $"TorchSharp's native library needs {version.Groups["version"].Value}, which "
                + $"{version.Groups["library"].Value} of this system lacks: run the program on a system with the "
                + "libstdc++ of GCC 13 or later, such as Debian 13, Ubuntu 24.04 or Fedora 38, or in a container of one.";
        }

        return MissingLibrary().Match(messages) is { Success: true } library
            ? $"TorchSharp's native library needs {library.Groups["library"].Value}, which this system does not have: "
                + "install the package that contains it."
            : null;
    }

    [GeneratedRegex(@"(?<library>[\w.+-]+): version .(?<version>(GLIBC|GLIBCXX|CXXABI)_[0-9.]+). not found")]
    private static partial Regex MissingVersion();

    // A library that the linker was told to look for has a directory before its name.
    [GeneratedRegex(@"^(?<library>[\w.+-]+): cannot open shared object file", RegexOptions.Multiline)]
    private static partial Regex MissingLibrary();
}
