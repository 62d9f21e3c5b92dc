using Grpc.Core;

namespace TorchBoard.Server.Grpc;

/// <summary>The maximum lengths of messages, in bytes.</summary>
internal sealed class MessageLimit
{
    /// <summary>The longest request: the names of some hundred thousand runs.</summary>
    public const int Request = 1 << 24;

    /// <summary>The longest answer that TensorBoard accepts.</summary>
    public const int Response = 1 << 28;

    /// <summary>The length of the parts in which blobs are sent.</summary>
    public const int BlobPart = 1 << 20;

    private long _length;

    /// <summary>Counts a part of an answer, before it is copied.</summary>
    /// <exception cref="RpcException">The answer becomes longer than TensorBoard accepts.</exception>
    public void Add(long length)
    {
        _length += length;
        if (_length > Response)
        {
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted,
                "The answer is longer than 256 MiB, the most that TensorBoard accepts. Ask for fewer runs, or serve fewer "
                + "samples of the plugin."));
        }
    }
}
