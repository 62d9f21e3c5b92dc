using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// Scalars of a device, contiguous in one tensor there, so that one transfer fetches all of them. The first request
/// closes the block. Thread-safe.
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
    /// Copies a tensor of one value without waiting for the device; returns a function that fetches the value, or null
    /// if the block is full or closed.
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

            // Keeps alive a tensor that the caller created only for this call.
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

        // No lock is held while waiting for the device.
        using (values)
        using (DisposeScope scope = NewDisposeScope())
            return MemoryMarshal.Cast<byte, float>(values.narrow(0, 0, _count).cpu().bytes).ToArray();
    }
}
