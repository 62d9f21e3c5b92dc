namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// The bytes of a font, in memory or in a file. Collections take 20 MB and more, so a file is read at the places that
/// are needed. It is not held open, so that it can be replaced or removed at any time. Not thread-safe.
/// </summary>
internal sealed class FontData
{
    /// <summary>More than any one table or glyph that is read at once takes.</summary>
    private const int LargestRead = 4 << 20;

    private readonly byte[]? _bytes;
    private FileStream? _file;

    public FontData(byte[] bytes)
    {
        _bytes = bytes;
        Length = bytes.Length;
    }

    public FontData(string path)
    {
        Path = path;
        Length = new FileInfo(path).Length;
    }

    public string Path { get; } = "";

    public long Length { get; }

    /// <summary>Opens the file once for several reads, until the result is disposed.</summary>
    public IDisposable? Opened() => _bytes is null && _file is null ? new OpenFile(this) : null;

    /// <summary>A copy of some of the bytes.</summary>
    /// <exception cref="InvalidDataException">The font ends before, or far more is asked for than fonts have.</exception>
    public FontTable Read(long at, long count)
    {
        if (at < 0 || count < 0 || at > Length - count)
            throw new InvalidDataException("A part of it lies beyond its end.");
        if (count > LargestRead)
            throw new InvalidDataException("One of its tables is larger than any font needs.");

        byte[] bytes = new byte[count];
        if (_bytes is not null)
        {
            _bytes.AsSpan((int)at, bytes.Length).CopyTo(bytes);
            return new FontTable(bytes);
        }

        using IDisposable? opened = Opened();
        _file!.Position = at;
        if (_file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("A part of it lies beyond its end.");
        return new FontTable(bytes);
    }

    private sealed class OpenFile : IDisposable
    {
        private readonly FontData _data;

        public OpenFile(FontData data)
        {
            const FileShare all = FileShare.ReadWrite | FileShare.Delete;
            _data = data;
            data._file = new FileStream(data.Path, FileMode.Open, FileAccess.Read, all, bufferSize: 4096);
        }

        public void Dispose()
        {
            _data._file?.Dispose();
            _data._file = null;
        }
    }
}
