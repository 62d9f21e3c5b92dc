using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TorchBoard.Monitoring;

/// <summary>The functions of NVML that are used. All but those that open it and list devices may be missing.</summary>
internal sealed class NvidiaLibrary : IDisposable
{
    private const int Success = 0;
    private const int Gpu = 0;
    private const int LongestText = 96;

    private readonly nint _library;
    private readonly Command _shutdown;
    private readonly GetUtilization? _getUtilization;
    private readonly GetMemory? _getMemory;
    private readonly GetMemoryVersion2? _getMemoryVersion2;
    private readonly GetTemperature? _getTemperature;
    private readonly GetNumber? _getPower;
    private readonly GetDeviceText? _getName;
    private readonly GetText? _getDriverVersion;

    private NvidiaLibrary(nint library, Command shutdown, IReadOnlyList<nint> devices)
    {
        _library = library;
        _shutdown = shutdown;
        Devices = devices;
        TryGet(library, "nvmlDeviceGetUtilizationRates", out _getUtilization);
        TryGet(library, "nvmlDeviceGetMemoryInfo", out _getMemory);
        TryGet(library, "nvmlDeviceGetMemoryInfo_v2", out _getMemoryVersion2);
        TryGet(library, "nvmlDeviceGetTemperature", out _getTemperature);
        TryGet(library, "nvmlDeviceGetPowerUsage", out _getPower);
        TryGet(library, "nvmlDeviceGetName", out _getName);
        TryGet(library, "nvmlSystemGetDriverVersion", out _getDriverVersion);
    }

    private delegate int Command();

    private delegate int GetCount(out uint count);

    private delegate int GetHandle(uint index, out nint device);

    private delegate int GetUtilization(nint device, out Utilization utilization);

    private delegate int GetMemory(nint device, out Memory memory);

    private delegate int GetMemoryVersion2(nint device, ref MemoryVersion2 memory);

    private delegate int GetTemperature(nint device, int sensor, out uint celsius);

    private delegate int GetNumber(nint device, out uint number);

    private delegate int GetDeviceText(nint device, nint text, uint length);

    private delegate int GetText(nint text, uint length);

    public static string DefaultName => OperatingSystem.IsWindows() ? "nvml.dll" : "libnvidia-ml.so.1";

    public IReadOnlyList<nint> Devices { get; }

    public string? DriverVersion =>
        _getDriverVersion is { } get ? Text(buffer => get(buffer, LongestText)) : null;

    /// <summary>Returns the library; null if it cannot be loaded or initialized.</summary>
    public static NvidiaLibrary? TryOpen(string libraryName)
    {
        if (!NativeLibrary.TryLoad(libraryName, out nint library))
            return null;
        if (TryGet(library, "nvmlInit_v2", out Command? init)
            && TryGet(library, "nvmlShutdown", out Command? shutdown)
            && TryGet(library, "nvmlDeviceGetCount_v2", out GetCount? getCount)
            && TryGet(library, "nvmlDeviceGetHandleByIndex_v2", out GetHandle? getHandle)
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

            return new NvidiaLibrary(library, shutdown, devices);
        }

        NativeLibrary.Free(library);
        return null;
    }

    /// <summary>The utilization in the last sample period, in percent.</summary>
    public uint? UtilizationOf(nint device) =>
        _getUtilization is { } get && get(device, out Utilization utilization) == Success ? utilization.Gpu : null;

    /// <summary>The memory in bytes. The second version of the function does not count what the driver reserves.</summary>
    public (ulong Used, ulong Total)? MemoryOf(nint device)
    {
        var second = new MemoryVersion2 { Version = MemoryVersion2.Second };
        if (_getMemoryVersion2 is { } getSecond && getSecond(device, ref second) == Success)
            return (second.Used, second.Total);
        return _getMemory is { } get && get(device, out Memory memory) == Success ? (memory.Used, memory.Total) : null;
    }

    /// <summary>The temperature of the chip, in degrees Celsius.</summary>
    public uint? TemperatureOf(nint device) =>
        _getTemperature is { } get && get(device, Gpu, out uint celsius) == Success ? celsius : null;

    /// <summary>The power that the board draws, in milliwatts.</summary>
    public uint? PowerOf(nint device) => _getPower is { } get && get(device, out uint milliwatts) == Success ? milliwatts : null;

    public string? NameOf(nint device) =>
        _getName is { } get ? Text(buffer => get(device, buffer, LongestText)) : null;

    public void Dispose()
    {
        _shutdown();
        NativeLibrary.Free(_library);
    }

    private static string? Text(Func<nint, int> fill)
    {
        nint buffer = Marshal.AllocHGlobal(LongestText);
        try
        {
            return fill(buffer) == Success ? Marshal.PtrToStringUTF8(buffer) : null;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }

    private static bool TryGet<T>(nint library, string name, [NotNullWhen(true)] out T? function)
        where T : Delegate
    {
        function = NativeLibrary.TryGetExport(library, name, out nint address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : null;
        return function is not null;
    }

    /// <summary>nvmlUtilization_t, in percent.</summary>
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

    /// <summary>nvmlMemory_v2_t, in bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MemoryVersion2
    {
        /// <summary>The size of the structure and, in the highest byte, its version.</summary>
        public const uint Second = 40 | (2 << 24);

        public uint Version;
        public ulong Total;
        public ulong Reserved;
        public ulong Free;
        public ulong Used;
    }
}
