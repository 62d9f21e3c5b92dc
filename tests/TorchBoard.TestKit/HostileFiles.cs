using System.Net.Sockets;

namespace TorchBoard.TestKit;

/// <summary>Real files that cannot be read, or only with care, on Linux.</summary>
internal static class HostileFiles
{
    /// <summary>A named pipe without a writer: opening it waits for ever.</summary>
    public static void MakePipe(string path) => Assert.That(Shell.Try("mkfifo", path), "mkfifo");

    /// <summary>A link to a device whose data never ends.</summary>
    public static void LinkToDevice(string path) => File.CreateSymbolicLink(path, "/dev/zero");

    /// <summary>A link to nothing.</summary>
    public static void LinkToNothing(string path) => File.CreateSymbolicLink(path, "missing");

    /// <summary>
    /// A link to a regular file that can be opened, but every read at its start fails with EIO: the process' own
    /// memory, which has nothing there.
    /// </summary>
    public static void LinkToFailingFile(string path) => File.CreateSymbolicLink(path, "/proc/self/mem");

    /// <summary>A socket that nobody listens on any more.</summary>
    public static void MakeSocket(string path)
    {
        // The path of a socket is short.
        string made = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(made));
            Assert.That(Shell.Try("mv", made, path), "mv");
        }
    }

    /// <summary>Moves a file or directory to a name with a byte that is not valid UTF-8.</summary>
    public static void RenameToInvalid(string path) =>
        Assert.That(Shell.Try("sh", "-c", """mv "$0" "$(printf '%s\377.tfevents' "$0")" """, path), "mv");

    /// <summary>Moves a directory so deep below another that its path is too long for the system.</summary>
    public static void MoveTooDeep(string directory, string below) => Assert.That(
        Shell.Try(
            "sh", "-c",
            """
            set -e
            name=$(printf 'd%0199d' 0)
            mkdir "$0.moving"; cd "$0.moving"
            for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do mkdir $name; cd -P $name; done
            mv "$0" .
            mv "$0.moving" "$1"
            """,
            directory, below),
        "moving");

    /// <summary>Deletes the content of a directory, of any depth and with any names.</summary>
    public static void DeleteContent(string directory) => Shell.Try("find", directory, "-mindepth", "1", "-delete");
}
