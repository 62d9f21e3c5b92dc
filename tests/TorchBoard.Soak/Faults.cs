using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchBoard.Soak;

/// <summary>The faults that come and go at random, made by the preloaded library.</summary>
internal static partial class Faults
{
    // The preloaded library, in which functions are found first.
    private const string Library = "libc";

    // The numbers of Linux.
    private const int EINTR = 4, EIO = 5, ENXIO = 6, EACCES = 13, EMFILE = 24, EFBIG = 27, ENOSPC = 28, ESPIPE = 29,
        EDQUOT = 122, ECANCELED = 125;

    private const int Whatever = 1;

    private const string Size = "size";

    private static readonly Kind[] Kinds =
    [
        .. Of("pwrite", EINTR, EIO, ENXIO, EFBIG, ENOSPC, ESPIPE, EDQUOT, ECANCELED),
        new Kind("short", Whatever, "short write"),
        .. Of("fsync", EINTR, EIO, ENOSPC),
        .. Of("open", EINTR, EIO, EACCES, EMFILE),
        .. Of("create", EIO, ENOSPC),
        .. Of("ftruncate", EINTR, EIO, EFBIG, ECANCELED),
        .. Of("close", EINTR, EIO, ENOSPC, EDQUOT),
        new Kind(Size, Whatever, "wrong size"),
    ];

    /// <summary>Whether any call has failed.</summary>
    public static bool HasDone => Kinds.Any(kind => Done(kind.Call, kind.Error) > 0);

    public static void Begin(int seed) => Seed((ulong)(uint)seed);

    /// <summary>Lets some kinds begin and others end.</summary>
    /// <param name="random">Draws them.</param>
    /// <param name="wrongSizes">Whether files may seem to be truncated.</param>
    public static void Change(Random random, bool wrongSizes)
    {
        foreach (Kind kind in Kinds.Where(kind => wrongSizes || kind.Call != Size))
        {
            // Interruptions are retried at once, so they must not be certain.
            int most = kind.Error == EINTR ? 500_000 : 1_000_000;
            Odds(kind.Call, kind.Error, random.Next(30) switch
            {
                0 => random.Next(most),
                1 or 2 => random.Next(50_000),
                _ => 0,
            });
        }
    }

    /// <summary>Lets every write fail until <see cref="End"/>.</summary>
    public static void FillDisk() => Odds("pwrite", ENOSPC, 1_000_000);

    public static void End()
    {
        foreach (Kind kind in Kinds)
            Odds(kind.Call, kind.Error, 0);
    }

    /// <summary>The number of faults of each kind.</summary>
    public static string Told() => string.Join(", ", Kinds.Select(kind => string.Create(
        CultureInfo.InvariantCulture, $"{kind.Name} {Done(kind.Call, kind.Error)}")));

    /// <summary>Runs something in whose thread no call fails.</summary>
    public static T Without<T>(Func<T> action)
    {
        Spare(1);
        try
        {
            return action();
        }
        finally
        {
            Spare(0);
        }
    }

    private static IEnumerable<Kind> Of(string call, params int[] errors) => errors.Select(error => new Kind(
        call, error, $"{call} {Marshal.GetPInvokeErrorMessage(error)}"));

    [LibraryImport(Library, EntryPoint = "faults_seed")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Seed(ulong seed);

    [LibraryImport(Library, EntryPoint = "faults_odds", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Odds(string call, int error, int perMillion);

    [LibraryImport(Library, EntryPoint = "faults_done", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Done(string call, int error);

    [LibraryImport(Library, EntryPoint = "faults_spare")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Spare(int yes);

    private sealed record Kind(string Call, int Error, string Name);
}
