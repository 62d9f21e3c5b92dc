namespace TorchBoard;

/// <summary>
/// Thrown by an <see cref="ObjectStorage"/> that was to change an object only if it is as expected, which it is not:
/// another program created, changed or deleted it, or an earlier attempt succeeded although its answer was lost.
/// </summary>
public sealed class ObjectChangedException : IOException
{
    /// <summary>Creates an exception with a message of the framework.</summary>
    public ObjectChangedException()
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">The object, and what is different.</param>
    public ObjectChangedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a cause.</summary>
    /// <param name="message">The object, and what is different.</param>
    /// <param name="innerException">The exception of the store.</param>
    public ObjectChangedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
