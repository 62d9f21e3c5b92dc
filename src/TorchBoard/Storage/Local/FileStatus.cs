using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TorchBoard.Storage.Local;

/// <summary>
/// The type and identity of a file or directory, which the framework does not provide. Obtained without opening the
/// file, because opening a FIFO or a device can block.
/// </summary>
/// <param name="Device">The number of the file system.</param>
/// <param name="Inode">The number of the file in its file system.</param>
/// <param name="Mode">The type and the permissions, as in <c>st_mode</c>.</param>
/// <param name="Born">
/// When the file was created, which tells it from a later one with the same number; 0 if that is not known.
/// </param>
internal readonly partial record struct FileStatus(ulong Device, ulong Inode, int Mode, UInt128 Born = default)
{
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    // The structures have less than 256 bytes.
    private const int BufferLength = 512;

    public bool IsRegularFile => (Mode & TypeMask) == Regular;

    /// <summary>The type with its article, for messages.</summary>
    public string TypeName => (Mode & TypeMask) switch
    {
        0x1000 => "a named pipe",
        0x2000 or 0x6000 => "a device",
        0x4000 => "a directory",
        0xC000 => "a socket",
        Regular => "a regular file",
        _ => "a special file",
    };

    /// <summary>Returns the status of what a path refers to, after all links are followed.</summary>
    /// <returns>Null if there is no such file, if it cannot be accessed, or on Windows.</returns>
    public static FileStatus? Of(string path)
    {
        Span<byte> buffer = stackalloc byte[BufferLength];
        try
        {
            if (OperatingSystem.IsLinux())
                return Statx(CurrentDirectory, path, 0, StatxType | StatxInode | StatxBorn, buffer) == 0 ? OfLinux(buffer) : null;
            if (OperatingSystem.IsMacOS())
            {
                int result = RuntimeInformation.ProcessArchitecture == Architecture.X64
                    ? StatOfX64(path, buffer)
                    : Stat(path, buffer);
                return result == 0 ? OfMacOS(buffer) : null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library: its callers manage without.
        }

        return null;
    }

    private static FileStatus OfLinux(ReadOnlySpan<byte> statx) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(statx[136..]),
        BinaryPrimitives.ReadUInt64LittleEndian(statx[32..]),
        BinaryPrimitives.ReadUInt16LittleEndian(statx[28..]),
        (BinaryPrimitives.ReadUInt32LittleEndian(statx) & StatxBorn) == 0 ? default : BinaryPrimitives.ReadUInt128LittleEndian(statx[80..]));

    private static FileStatus OfMacOS(ReadOnlySpan<byte> stat) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(stat),
        BinaryPrimitives.ReadUInt64LittleEndian(stat[8..]),
        BinaryPrimitives.ReadUInt16LittleEndian(stat[4..]));

    private const int CurrentDirectory = -100;
    private const uint StatxType = 1;
    private const uint StatxInode = 0x100;
    private const uint StatxBorn = 0x800;

    // The structure of statx is the same on all processors, unlike that of stat.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(string path, Span<byte> buffer);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatOfX64(string path, Span<byte> buffer);
}
