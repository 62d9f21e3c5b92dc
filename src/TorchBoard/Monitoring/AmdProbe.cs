using System.Globalization;

namespace TorchBoard.Monitoring;

/// <summary>Samples AMD GPUs through the files of their driver in Linux. What a GPU does not tell is left out.</summary>
/// <param name="cards">The directories of the GPUs.</param>
/// <param name="first">The number of the first GPU in the names of values.</param>
internal sealed class AmdProbe(IReadOnlyList<string> cards, int first) : IProbe
{
    private const double BytesPerMiB = 1 << 20;
    private const string Vendor = "0x1002";

    /// <summary>Returns the probe; null if there are no such GPUs.</summary>
    /// <param name="root">The root of the file system, <c>/</c>.</param>
    /// <param name="first">The number of the first GPU in the names of values.</param>
    public static AmdProbe? TryOpen(string root, int first)
    {
        string folder = Path.Combine(root, "sys/class/drm");
        try
        {
            if (!Directory.Exists(folder))
                return null;
            string[] cards =
            [
                .. Directory.GetDirectories(folder, "card*")
                    .Where(card => int.TryParse(Path.GetFileName(card).AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out _))
                    .OrderBy(card => card.Length).ThenBy(card => card, StringComparer.Ordinal)
                    .Select(card => Path.Combine(card, "device"))
                    .Where(device => SystemFile.TextOf(Path.Combine(device, "vendor")) == Vendor),
            ];
            return cards.Length == 0 ? null : new AmdProbe(cards, first);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public IEnumerable<(string Name, double Value)> Sample()
    {
        for (int i = 0; i < cards.Count; i++)
        {
            string gpu = $"gpu{first + i}";
            string card = cards[i];
            if (SystemFile.NumberOf(Path.Combine(card, "gpu_busy_percent")) is { } percent)
                yield return ($"{gpu}_percent", percent);
            if (SystemFile.NumberOf(Path.Combine(card, "mem_info_vram_used")) is { } used)
            {
                yield return ($"{gpu}_memory_used_mib", used / BytesPerMiB);
                if (SystemFile.NumberOf(Path.Combine(card, "mem_info_vram_total")) is > 0 and var total)
                    yield return ($"{gpu}_memory_percent", 100 * used / total);
            }

            if (Sensor(card, "temp1_input") is { } thousandths)
                yield return ($"{gpu}_temperature_celsius", thousandths / 1e3);

            // The average where there is one; newer GPUs have only the value of the moment.
            if ((Sensor(card, "power1_average") ?? Sensor(card, "power1_input")) is { } microwatts)
                yield return ($"{gpu}_power_watts", microwatts / 1e6);
        }
    }

    /// <summary>The name and the memory of each GPU.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (string card in cards)
        {
            string name = SystemFile.TextOf(Path.Combine(card, "product_name")) is { Length: > 0 } given
                ? given
                : $"AMD GPU {SystemFile.TextOf(Path.Combine(card, "device"))}";
            yield return SystemFile.NumberOf(Path.Combine(card, "mem_info_vram_total")) is > 0 and var total
                ? $"{name}, {HumanBytes.Of((long)total)}"
                : name;
        }
    }

    public void Dispose()
    {
    }

    private static double? Sensor(string card, string file)
    {
        try
        {
            string folder = Path.Combine(card, "hwmon");
            return Directory.Exists(folder)
                ? Directory.GetDirectories(folder).Select(one => SystemFile.NumberOf(Path.Combine(one, file))).FirstOrDefault(one => one is not null)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
