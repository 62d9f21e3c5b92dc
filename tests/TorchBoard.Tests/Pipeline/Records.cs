using System.Runtime.InteropServices;
using TorchBoard.Pipeline;

namespace TorchBoard.Tests.Pipeline;

/// <summary>A framed record of equal bytes.</summary>
internal readonly struct Repeated(byte value, int length = 1) : IFramedRecord
{
    public int Length => length;

    public void WriteTo(ref byte destination) =>
        MemoryMarshal.CreateSpan(ref destination, length).Fill(value);
}

/// <summary>A record that is encoded later.</summary>
internal sealed class Deferred(Func<byte[]> encode, long size = 8) : IDeferredRecord
{
    public Deferred(params byte[] bytes)
        : this(() => bytes)
    {
    }

    public long Size => size;

    public bool IsTriedAgain { get; init; }

    public string? Path { get; init; }

    public byte[] Encode() => encode();
}

/// <summary>Keeps what it is told, on whatever thread.</summary>
internal sealed class ToldFailures : IFailureListener
{
    private readonly List<string> _told = [];

    public string[] Told
    {
        get
        {
            lock (_told)
                return [.. _told];
        }
    }

    public void Failed(string path, Exception cause, long dropped) => Add($"{path}: {cause.Message} ({dropped} lost)");

    public void Recovered(string path, long dropped) => Add($"{path} recovered ({dropped} lost)");

    private void Add(string told)
    {
        lock (_told)
            _told.Add(told);
    }
}
