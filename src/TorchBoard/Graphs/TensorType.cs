namespace TorchBoard;

#pragma warning disable CA1720 // A type of elements is best called by its name.

/// <summary>The type of a tensor's elements, as graphs name it.</summary>
public enum TensorType
{
    /// <summary>Not known, or none of the others.</summary>
    Unknown = 0,

    /// <summary>32-bit floating point.</summary>
    Float32 = 1,

    /// <summary>64-bit floating point.</summary>
    Float64 = 2,

    /// <summary>32-bit integer.</summary>
    Int32 = 3,

    /// <summary>8-bit integer without a sign.</summary>
    UInt8 = 4,

    /// <summary>16-bit integer.</summary>
    Int16 = 5,

    /// <summary>8-bit integer.</summary>
    Int8 = 6,

    /// <summary>Text.</summary>
    Text = 7,

    /// <summary>Two 32-bit floating-point numbers.</summary>
    Complex64 = 8,

    /// <summary>64-bit integer.</summary>
    Int64 = 9,

    /// <summary>Truth value.</summary>
    Bool = 10,

    /// <summary>16-bit floating point with the exponent of a 32-bit one.</summary>
    BFloat16 = 14,

    /// <summary>16-bit integer without a sign.</summary>
    UInt16 = 17,

    /// <summary>Two 64-bit floating-point numbers.</summary>
    Complex128 = 18,

    /// <summary>16-bit floating point.</summary>
    Float16 = 19,

    /// <summary>32-bit integer without a sign.</summary>
    UInt32 = 22,

    /// <summary>64-bit integer without a sign.</summary>
    UInt64 = 23,
}
