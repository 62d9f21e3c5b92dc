using System.ComponentModel;
using System.Diagnostics;

namespace TorchBoard.Tool.Serving;

/// <summary>The user's browser.</summary>
internal static class Browser
{
    /// <summary>Opens an address.</summary>
    /// <returns>Whether the system knows a browser.</returns>
    public static bool TryOpen(Uri address)
    {
        try
        {
            using Process? process = OperatingSystem.IsWindows()
                ? Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true })
                : Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address.AbsoluteUri])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                });
            return true;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            return false;
        }
    }
}
