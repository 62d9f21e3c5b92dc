namespace TorchBoard.S3;

/// <summary>An answer that ended before its length: the same request may succeed.</summary>
internal sealed class BrokenAnswerException(string message, Exception? innerException = null)
    : IOException(message, innerException);
