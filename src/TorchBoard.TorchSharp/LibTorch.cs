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
    /// programs that run on unknown machines: TorchSharp itself always reports a missing package, whatever the cause.
    /// </summary>
    /// <remarks>
    /// TorchSharp 0.107 needs the libstdc++ of GCC 13 or later on Linux: Debian 13, Ubuntu 24.04, Fedora 38.
    /// Thread-safe; does nothing once the library is loaded.
    /// </remarks>
    /// <exception cref="DllNotFoundException">The library, or one of its dependencies, cannot be loaded.</exception>
    public static void EnsureLoaded()
    {
        // TorchSharp's own loader copies all of libtorch to the program's directory before it fails, so it comes
        // second.
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
            // TorchSharp may find it elsewhere.
        }

        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            throw new DllNotFoundException(
                "TorchSharp's native library was not found: add a package reference to TorchSharp-cpu, "
                + "TorchSharp-cuda-linux or TorchSharp-cuda-windows, in the version of TorchSharp.",
                e);
        }
    }

    /// <summary>
    /// Returns the cause if the dynamic linker found the library but not one of its dependencies; null otherwise.
    /// </summary>
    internal static string? CauseOf(string messages)
    {
        if (MissingVersion().Match(messages) is { Success: true } version)
        {
            return $"TorchSharp's native library needs {version.Groups["version"].Value}, which "
                + $"{version.Groups["library"].Value} of this system does not provide. Run the program on a system "
                + "with the libstdc++ of GCC 13 or later, such as Debian 13, Ubuntu 24.04 or Fedora 38, or in such a "
                + "container.";
        }

        return MissingLibrary().Match(messages) is { Success: true } library
            ? $"TorchSharp's native library needs {library.Groups["library"].Value}, which this system does not have: "
                + "install the package that contains it."
            : null;
    }

    [GeneratedRegex(@"(?<library>[\w.+-]+): version .(?<version>(GLIBC|GLIBCXX|CXXABI)_[0-9.]+). not found")]
    private static partial Regex MissingVersion();

    // The linker prints a directory before the name of the library that it was asked for.
    [GeneratedRegex(@"^(?<library>[\w.+-]+): cannot open shared object file", RegexOptions.Multiline)]
    private static partial Regex MissingLibrary();
}
