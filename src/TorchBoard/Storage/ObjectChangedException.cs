namespace TorchBoard;

/// <summary>
/// Thrown by an <see cref="ObjectStorage"/> if the condition of a change does not hold: another program created, changed or
/// deleted the object, or an earlier attempt succeeded although its answer was lost.
/// </summary>
public sealed class ObjectChangedException : IOException
{
    /// <summary>Creates an exception with the default message.</summary>
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
