using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// Scalars of a device, side by side in one tensor there, so that one transfer brings them all. The first that is
/// asked for closes the block. Thread-safe.
/// </summary>
internal sealed class ScalarBlock
{
    private const int Capacity = 1024;

    private readonly object _gate = new();
    private readonly Lazy<float[]> _fetched;
    private Tensor? _values;
    private int _count;

    public ScalarBlock(Device device)
    {
        _values = empty([Capacity], ScalarType.Float32, device).DetachFromDisposeScope();
        _fetched = new Lazy<float[]>(Fetch);
    }

    /// <summary>
    /// Takes a copy of a tensor of one value, without waiting for the device, and returns how to have it later; null
    /// where the block is full or closed.
    /// </summary>
    public Func<float>? TryAdd(Tensor value)
    {
        lock (_gate)
        {
            if (_values is null || _count == Capacity)
                return null;
            int index = _count++;
            using DisposeScope scope = NewDisposeScope();
            _values.narrow(0, index, 1).copy_(value.detach().reshape(1), true);

            // Nothing else holds a tensor that was made for the call.
            GC.KeepAlive(value);
            return () => _fetched.Value[index];
        }
    }

    private float[] Fetch()
    {
        Tensor values;
        lock (_gate)
        {
            values = _values!;
            _values = null;
        }

        // Nobody else waits for the device.
        using (values)
        using (DisposeScope scope = NewDisposeScope())
            return MemoryMarshal.Cast<byte, float>(values.narrow(0, 0, _count).cpu().bytes).ToArray();
    }
}
