using System.Globalization;

namespace TorchBoard.Monitoring;

/// <summary>Numbers of bytes for people, such as <c>15.6 GiB</c>.</summary>
internal static class HumanBytes
{
    public static string Of(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.#} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.#} MiB");
}
