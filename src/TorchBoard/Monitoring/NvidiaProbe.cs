namespace TorchBoard.Monitoring;

/// <summary>
/// Samples NVIDIA GPUs through NVML, the management library of their driver. Without NVML, there are no samples; what a GPU or
/// an older driver does not tell is left out.
/// </summary>
internal sealed class NvidiaProbe : IProbe
{
    private const double BytesPerMiB = 1 << 20;
    private const double MilliwattsPerWatt = 1000;

    private readonly NvidiaLibrary _library;

    private NvidiaProbe(NvidiaLibrary library) => _library = library;

    /// <summary>The number of GPUs.</summary>
    public int Count => _library.Devices.Count;

    /// <summary>Returns the probe; null if the library cannot be loaded or initialized.</summary>
    public static NvidiaProbe? TryOpen(string libraryName) =>
        NvidiaLibrary.TryOpen(libraryName) is { } library ? new NvidiaProbe(library) : null;

    public IEnumerable<(string Name, double Value)> Sample()
    {
        for (int i = 0; i < _library.Devices.Count; i++)
        {
            nint device = _library.Devices[i];
            if (_library.UtilizationOf(device) is { } percent)
                yield return ($"gpu{i}_percent", percent);
            if (_library.MemoryOf(device) is var (used, total))
            {
                yield return ($"gpu{i}_memory_used_mib", used / BytesPerMiB);
                yield return ($"gpu{i}_memory_percent", total == 0 ? 0 : 100.0 * used / total);
            }

            if (_library.TemperatureOf(device) is { } celsius)
                yield return ($"gpu{i}_temperature_celsius", celsius);
            if (_library.PowerOf(device) is { } milliwatts)
                yield return ($"gpu{i}_power_watts", milliwatts / MilliwattsPerWatt);
        }
    }

    /// <summary>The name and the memory of each GPU, and the version of the driver.</summary>
    public IEnumerable<string> Describe()
    {
        string driver = _library.DriverVersion is { } version ? $", driver {version}" : "";
        foreach (nint device in _library.Devices)
        {
            string memory = _library.MemoryOf(device) is var (_, total) ? $", {HumanBytes.Of((long)total)}" : "";
            yield return $"{_library.NameOf(device) ?? "NVIDIA GPU"}{memory}{driver}";
        }
    }

    public void Dispose() => _library.Dispose();
}
