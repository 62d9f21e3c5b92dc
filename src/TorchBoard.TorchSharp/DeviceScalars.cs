using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>The scalars of one writer that are still on their devices. Thread-safe.</summary>
internal sealed class DeviceScalars
{
    private static readonly ConditionalWeakTable<SummaryWriter, DeviceScalars> ByWriter = new();

    private readonly object _gate = new();
    private readonly Dictionary<(DeviceType Type, int Index), ScalarBlock> _open = [];

    public static DeviceScalars Of(SummaryWriter writer) => ByWriter.GetOrAdd(writer, _ => new DeviceScalars());

    /// <summary>
    /// Copies a tensor of one value without waiting for its device; returns a function that fetches the value.
    /// </summary>
    public Func<float> Add(Tensor value)
    {
        lock (_gate)
        {
            (DeviceType, int) device = (value.device_type, value.device_index);
            if (_open.GetValueOrDefault(device)?.TryAdd(value) is { } added)
                return added;
            var block = new ScalarBlock(value.device);
            _open[device] = block;
            return block.TryAdd(value)!;
        }
    }
}
