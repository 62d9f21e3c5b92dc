namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// The bytes of a font, in memory or in a file. A collection can exceed 20 MB, so only the needed parts of a file are
/// read. The file is not kept open and can be replaced or removed at any time. Not thread-safe.
/// </summary>
internal sealed class FontData
{
    /// <summary>The limit of a single read; larger than any table or glyph that is read at once.</summary>
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

    /// <summary>Keeps the file open for several reads until the result is disposed.</summary>
    public IDisposable? Opened() => _bytes is null && _file is null ? new OpenFile(this) : null;

    /// <summary>Returns a copy of a range of bytes.</summary>
    /// <exception cref="InvalidDataException">The range exceeds the font or the limit.</exception>
    public FontTable Read(long at, long count)
    {
        if (at < 0 || count < 0 || at > Length - count)
            throw new InvalidDataException("The file is truncated.");
        if (count > LargestRead)
            throw new InvalidDataException("A table is too large.");

        byte[] bytes = new byte[count];
        if (_bytes is not null)
        {
            _bytes.AsSpan((int)at, bytes.Length).CopyTo(bytes);
            return new FontTable(bytes);
        }

        using IDisposable? opened = Opened();
        _file!.Position = at;
        if (_file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new InvalidDataException("The file is truncated.");
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
