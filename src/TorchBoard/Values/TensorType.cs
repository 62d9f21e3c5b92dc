using System.Diagnostics.CodeAnalysis;

namespace TorchBoard;

/// <summary>The type of a tensor's elements. The numbers are TensorFlow's.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "Types of elements are named as .NET names them.")]
public enum TensorType
{
    /// <summary>Not specified.</summary>
    Unknown = 0,

    /// <summary>32-bit floating-point numbers.</summary>
    Single = 1,

    /// <summary>64-bit floating-point numbers.</summary>
    Double = 2,

    /// <summary>Signed 32-bit integers.</summary>
    Int32 = 3,

    /// <summary>Unsigned 8-bit integers.</summary>
    Byte = 4,

    /// <summary>Signed 16-bit integers.</summary>
    Int16 = 5,

    /// <summary>Signed 8-bit integers.</summary>
    SByte = 6,

    /// <summary>Byte strings.</summary>
    String = 7,

    /// <summary>Complex numbers of two 32-bit floating-point numbers.</summary>
    Complex64 = 8,

    /// <summary>Signed 64-bit integers.</summary>
    Int64 = 9,

    /// <summary>Booleans.</summary>
    Boolean = 10,

    /// <summary>16-bit brain floating-point numbers.</summary>
    BFloat16 = 14,

    /// <summary>Unsigned 16-bit integers.</summary>
    UInt16 = 17,

    /// <summary>Complex numbers of two 64-bit floating-point numbers.</summary>
    Complex128 = 18,

    /// <summary>16-bit IEEE floating-point numbers.</summary>
    Half = 19,

    /// <summary>Unsigned 32-bit integers.</summary>
    UInt32 = 22,

    /// <summary>Unsigned 64-bit integers.</summary>
    UInt64 = 23,
}
