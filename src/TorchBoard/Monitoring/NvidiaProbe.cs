using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TorchBoard.Monitoring;

/// <summary>
/// Samples NVIDIA GPUs through NVML, the management library of their driver. Without NVML, there are no samples.
/// </summary>
internal sealed class NvidiaProbe : IProbe
{
    private const int Success = 0;
    private const double BytesPerMiB = 1 << 20;

    private readonly nint _library;
    private readonly GetUtilization _getUtilization;
    private readonly GetMemory _getMemory;
    private readonly Command _shutdown;
    private readonly nint[] _devices;

    private NvidiaProbe(
        nint library, GetUtilization getUtilization, GetMemory getMemory, Command shutdown, nint[] devices)
    {
        _library = library;
        _getUtilization = getUtilization;
        _getMemory = getMemory;
        _shutdown = shutdown;
        _devices = devices;
    }

    private delegate int Command();

    private delegate int GetCount(out uint count);

    private delegate int GetHandle(uint index, out nint device);

    private delegate int GetUtilization(nint device, out Utilization utilization);

    private delegate int GetMemory(nint device, out Memory memory);

    public static string LibraryName => OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1";

    /// <summary>Returns the probe; null if the library cannot be loaded or initialized.</summary>
    public static NvidiaProbe? TryOpen(string libraryName)
    {
        if (!NativeLibrary.TryLoad(libraryName, out nint library))
            return null;
        if (TryGet(library, "nvmlInit_v2", out Command? init)
            && TryGet(library, "nvmlShutdown", out Command? shutdown)
            && TryGet(library, "nvmlDeviceGetCount_v2", out GetCount? getCount)
            && TryGet(library, "nvmlDeviceGetHandleByIndex_v2", out GetHandle? getHandle)
            && TryGet(library, "nvmlDeviceGetUtilizationRates", out GetUtilization? getUtilization)
            && TryGet(library, "nvmlDeviceGetMemoryInfo", out GetMemory? getMemory)
            && init() == Success)
        {
            if (getCount(out uint count) != Success)
                count = 0;
            var devices = new List<nint>();
            for (uint i = 0; i < count; i++)
            {
                if (getHandle(i, out nint device) == Success)
                    devices.Add(device);
            }

            return new NvidiaProbe(library, getUtilization, getMemory, shutdown, [.. devices]);
        }

        NativeLibrary.Free(library);
        return null;
    }

    public IEnumerable<(string Name, double Value)> Sample()
    {
        for (int i = 0; i < _devices.Length; i++)
        {
            if (_getUtilization(_devices[i], out Utilization utilization) == Success)
                yield return ($"gpu{i}_percent", utilization.Gpu);
            if (_getMemory(_devices[i], out Memory memory) != Success)
                continue;
            yield return ($"gpu{i}_memory_used_mib", memory.Used / BytesPerMiB);
            yield return ($"gpu{i}_memory_percent", memory.Total == 0 ? 0 : 100.0 * memory.Used / memory.Total);
        }
    }

    public void Dispose()
    {
        _shutdown();
        NativeLibrary.Free(_library);
    }

    private static bool TryGet<T>(nint library, string name, [NotNullWhen(true)] out T? function)
        where T : Delegate
    {
        function = NativeLibrary.TryGetExport(library, name, out nint address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : null;
        return function is not null;
    }

    /// <summary>nvmlUtilization_t: utilization in the last sample period, in percent.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Utilization
    {
        public uint Gpu;
        public uint Memory;
    }

    /// <summary>nvmlMemory_t, in bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Memory
    {
        public ulong Total;
        public ulong Free;
        public ulong Used;
    }
}
