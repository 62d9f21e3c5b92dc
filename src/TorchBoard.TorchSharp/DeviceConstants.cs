using TorchBoard.Histograms;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// What <see cref="DeviceHistogram"/> needs of a device for every count, created once per device: 20 KB that are never
/// released. Creating them takes longer than counting a small tensor.
/// </summary>
internal sealed class DeviceConstants
{
    private static readonly Dictionary<(DeviceType Type, int Index), DeviceConstants> ByDevice = [];

    private DeviceConstants(Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        SingleEdges = Copied(tensor(HistogramCounter.SingleEdges.ToArray()));
        Edges = Copied(tensor(HistogramCounter.Edges.ToArray()));
        One = Kept(ones([1], ScalarType.Int64, device));
        NoSlot = Kept(full([1], HeldScalars.NoSlot, ScalarType.Int64, device));
        Zero = Kept(zeros([1], ScalarType.Float64, device));
        Infinity = Kept(full([1], HeldScalars.Infinity, ScalarType.Float64, device));
        NegativeInfinity = Kept(full([1], HeldScalars.NegativeInfinity, ScalarType.Float64, device));

        // A blocking transfer would wait until the device has completed all queued work.
        Tensor Copied(Tensor values) => Kept(empty_like(values, device: device).copy_(values, true));

        static Tensor Kept(Tensor values) => values.DetachFromDisposeScope();
    }

    public Tensor SingleEdges { get; }

    public Tensor Edges { get; }

    public Tensor One { get; }

    /// <summary>The counter of values that are in no bucket.</summary>
    public Tensor NoSlot { get; }

    public Tensor Zero { get; }

    public Tensor Infinity { get; }

    public Tensor NegativeInfinity { get; }

    public static DeviceConstants On(Device device)
    {
        lock (ByDevice)
        {
            (DeviceType, int) key = (device.type, device.index);
            if (!ByDevice.TryGetValue(key, out DeviceConstants? constants))
                ByDevice[key] = constants = new DeviceConstants(device);
            return constants;
        }
    }
}
