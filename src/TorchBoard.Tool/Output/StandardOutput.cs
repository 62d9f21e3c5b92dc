using System.Runtime.InteropServices;

namespace TorchBoard.Tool.Output;

/// <summary>
/// Standard output on Unix. The framework's own stream ignores that nobody reads a pipe any more, so that a command
/// whose output goes to <c>head</c> would go on until its end.
/// </summary>
internal sealed partial class StandardOutput : Stream
{
    private const int Interrupted = 4;
    private const int Descriptor = 1;

    private readonly Stream _waiting = Console.OpenStandardOutput();
    private bool _hasFailed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">Standard output is closed or cannot be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        // Told once; what is still buffered has nowhere to go.
        while (!buffer.IsEmpty && !_hasFailed)
        {
            nint written = WriteTo(Descriptor, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error == Interrupted)
                continue;
            if (IsNotReady(error))
            {
                // The framework waits until it is.
                _waiting.Write(buffer);
                return;
            }

            _hasFailed = true;
            throw new IOException($"Standard output cannot be written: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // EAGAIN, if another program made the output non-blocking.
    private static bool IsNotReady(int error) => error == (OperatingSystem.IsMacOS() ? 35 : 11);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint WriteTo(int descriptor, ReadOnlySpan<byte> buffer, nint count);
}
