using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard;

/// <summary>
/// A tensor's values contiguous in host memory, in row-major order: the tensor's own memory if possible, otherwise a
/// copy. Leaves nothing in the caller's dispose scope.
/// </summary>
internal readonly ref struct HostTensor : IDisposable
{
    private readonly Tensor _tensor;
    private readonly DisposeScope? _scope;

    /// <param name="tensor">A readable tensor.</param>
    /// <param name="type">The element type of the values.</param>
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
            // An open scope would capture all tensors that the caller creates later.
            _scope.Dispose();
            throw;
        }

        // Keeps alive a tensor that the caller created only for this call.
        GC.KeepAlive(tensor);
    }

    public ScalarType Type { get; }

    /// <summary>Returns the values in their own type; bfloat16, which .NET does not have, as float.</summary>
    public static HostTensor Of(Tensor tensor) =>
        new(tensor, tensor.dtype == ScalarType.BFloat16 ? ScalarType.Float32 : tensor.dtype);

    /// <summary>Returns pixels: integers as bytes, clipped to 0 and 255, all others as floats.</summary>
    public static HostTensor OfPixels(Tensor tensor)
    {
        bool isInteger = !TensorArgument.IsFloatingPoint(tensor.dtype) && tensor.dtype != ScalarType.Bool;
        return new HostTensor(tensor, isInteger ? ScalarType.Byte : ScalarType.Float32);
    }

    /// <summary>Returns the values; at most as many as an array can hold.</summary>
    /// <typeparam name="T">The requested type.</typeparam>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged
    {
        long count = _tensor.NumberOfElements;
        return count * Unsafe.SizeOf<T>() <= int.MaxValue
            ? MemoryMarshal.Cast<byte, T>(_tensor.bytes)
            : Values<T>(0, checked((int)count));
    }

    /// <summary>Returns some of the values. libtorch's own span ends at 2 GiB.</summary>
    public ReadOnlySpan<T> Values<T>(long start, int count)
        where T : unmanaged
    {
        using DisposeScope scope = NewDisposeScope();
        ref byte first = ref MemoryMarshal.GetReference(_tensor.detach().view(-1).narrow(0, start, 1).bytes);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref first), count);
    }

    public void Dispose()
    {
        // The memory must outlive the last access.
        GC.KeepAlive(_tensor);
        _scope?.Dispose();
    }

    // Values that the type cannot hold would wrap. libtorch rejects limits beyond the tensor's type.
    private static Tensor Clamped(Tensor tensor, ScalarType type) => type switch
    {
        ScalarType.Byte when tensor.dtype == ScalarType.Int8 => tensor.clamp_min(HeldScalars.Zero),
        ScalarType.Byte when tensor.dtype != type => tensor.clamp(HeldScalars.Zero, HeldScalars.ByteMax),
        ScalarType.Int32 when tensor.dtype == ScalarType.Int64 =>
            tensor.clamp(HeldScalars.Int32Min, HeldScalars.Int32Max),
        _ => tensor,
    };
}
