using TorchSharp;
using static TorchSharp.torch;

namespace TorchBoard.Probing;

/// <summary>A copy of a tensor's values in .NET memory: it outlives the tensor and needs no disposal.</summary>
internal sealed class StoredTensor
{
    private readonly float[]? _floats;
    private readonly long[]? _integers;
    private readonly ScalarType _type;
    private readonly long[] _shape;

    /// <summary>Stores floating-point numbers in single precision, others as integers.</summary>
    public StoredTensor(Tensor tensor, string argument)
        : this(tensor, argument, !TensorArgument.IsFloatingPoint(TypeOf(tensor, argument)))
    {
    }

    private StoredTensor(Tensor tensor, string argument, bool isOfIntegers)
    {
        _shape = Array.ConvertAll(TensorArgument.ShapeOf(tensor, argument), size => (long)size);
        _type = tensor.dtype;
        if (isOfIntegers)
        {
            using var host = new HostTensor(tensor, ScalarType.Int64);
            _integers = host.Values<long>().ToArray();
        }
        else
        {
            using var host = new HostTensor(tensor, ScalarType.Float32);
            _floats = host.Values<float>().ToArray();
        }
    }

    /// <summary>Whether all values are 0.</summary>
    public bool IsAllZero => !(_floats?.AsSpan().ContainsAnyExcept(0) ?? _integers.AsSpan().ContainsAnyExcept(0));

    /// <summary>Stores numbers of any type in single precision.</summary>
    public static StoredTensor Floats(Tensor tensor, string argument) => new(tensor, argument, isOfIntegers: false);

    /// <summary>Returns the values with the order of the last dimension reversed.</summary>
    public StoredTensor Mirrored()
    {
        using DisposeScope scope = NewDisposeScope();
        return new StoredTensor(ToTensor().flip(-1), "values", isOfIntegers: _integers is not null);
    }

    /// <summary>Returns a new tensor of the stored type, on the CPU.</summary>
    public Tensor ToTensor()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = _floats is not null ? tensor(_floats) : tensor(_integers!);
        return values.to_type(_type).reshape(_shape).MoveToOuterDisposeScope();
    }

    /// <summary>Returns a new tensor with the type and device of another.</summary>
    public Tensor Like(Tensor other) => ToTensor().to(other.device).to_type(other.dtype);

    private static ScalarType TypeOf(Tensor tensor, string argument)
    {
        TensorArgument.ThrowIfUnreadable(tensor, argument);
        return tensor.dtype;
    }
}
