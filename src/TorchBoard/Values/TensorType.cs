using System.Diagnostics.CodeAnalysis;

namespace TorchBoard;

/// <summary>The type of a tensor's elements, with TensorFlow's numbers.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "Types of elements are named as .NET names them.")]
public enum TensorType
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>32-bit floating point.</summary>
    Single = 1,

    /// <summary>64-bit floating point.</summary>
    Double = 2,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 3,

    /// <summary>Unsigned, 8 bits.</summary>
    Byte = 4,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 5,

    /// <summary>Signed, 8 bits.</summary>
    SByte = 6,

    /// <summary>Strings of bytes.</summary>
    String = 7,

    /// <summary>Two 32-bit floating-point numbers.</summary>
    Complex64 = 8,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 9,

    /// <summary>Booleans.</summary>
    Boolean = 10,

    /// <summary>16-bit brain floating point.</summary>
    BFloat16 = 14,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 17,

    /// <summary>Two 64-bit floating-point numbers.</summary>
    Complex128 = 18,

    /// <summary>16-bit IEEE floating point.</summary>
    Half = 19,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 22,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 23,
}
