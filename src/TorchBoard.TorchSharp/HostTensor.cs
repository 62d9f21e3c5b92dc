using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// A tensor's values side by side in the computer's memory, the last dimension's nearest: the tensor's own memory
/// where they lie so, a copy otherwise. Nothing of it stays in the caller's dispose scope.
/// </summary>
internal readonly ref struct HostTensor : IDisposable
{
    private readonly Tensor _tensor;
    private readonly DisposeScope? _scope;

    /// <param name="tensor">A readable tensor.</param>
    /// <param name="type">The type of value that is wanted.</param>
    public HostTensor(Tensor tensor, ScalarType type)
    {
        Type = type;
        _tensor = tensor;
        if (tensor.dtype == type && tensor.device_type == DeviceType.CPU && tensor.is_contiguous() && !tensor.is_neg())
            return;

        _scope = NewDisposeScope();
        try
        {
            _tensor = Clamped(tensor.detach().cpu(), type).to_type(type).contiguous().resolve_neg();
        }
        catch
        {
            // An open scope would swallow all tensors that the caller makes from now on.
            _scope.Dispose();
            throw;
        }

        // Nothing else holds a tensor that was made for the call.
        GC.KeepAlive(tensor);
    }

    public ScalarType Type { get; }

    /// <summary>The values as they are, but brain floats, which .NET does not know, as floats.</summary>
    public static HostTensor Of(Tensor tensor) =>
        new(tensor, tensor.dtype == ScalarType.BFloat16 ? ScalarType.Float32 : tensor.dtype);

    /// <summary>Pixels: integers as bytes, cut off at 0 and 255, all else as floats.</summary>
    public static HostTensor OfPixels(Tensor tensor)
    {
        bool isInteger = !TensorArgument.IsFloatingPoint(tensor.dtype) && tensor.dtype != ScalarType.Bool;
        return new HostTensor(tensor, isInteger ? ScalarType.Byte : ScalarType.Float32);
    }

    /// <summary>The values; at most as many as an array may have.</summary>
    /// <typeparam name="T">The type that was asked for.</typeparam>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        long count = _tensor.NumberOfElements;
        return count * Unsafe.SizeOf<T>() <= int.MaxValue
            ? MemoryMarshal.Cast<byte, T>(_tensor.bytes)
            : Values<T>(0, checked((int)count));
    }

    /// <summary>Some of the values. libtorch's own span ends at 2 GiB.</summary>
    public ReadOnlySpan<T> Values<T>(long start, int count)
        where T : unmanaged
    {
        using DisposeScope scope = NewDisposeScope();
        ref byte first = ref MemoryMarshal.GetReference(_tensor.detach().view(-1).narrow(0, start, 1).bytes);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref first), count);
    }

    public void Dispose()
    {
        // The memory must not go before the last look at it.
        GC.KeepAlive(_tensor);
        _scope?.Dispose();
    }

    // What the type cannot hold would come out as something else. libtorch refuses limits beyond the tensor's type.
    private static Tensor Clamped(Tensor tensor, ScalarType type) => type switch
    {
        ScalarType.Byte when tensor.dtype == ScalarType.Int8 => tensor.clamp_min(HeldScalars.Zero),
        ScalarType.Byte when tensor.dtype != type => tensor.clamp(HeldScalars.Zero, HeldScalars.ByteMax),
        ScalarType.Int32 when tensor.dtype == ScalarType.Int64 =>
            tensor.clamp(HeldScalars.Int32Min, HeldScalars.Int32Max),
        _ => tensor,
    };
}
