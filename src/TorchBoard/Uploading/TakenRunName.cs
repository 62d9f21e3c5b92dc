using System.Security.Cryptography;
using System.Text;

namespace TorchBoard.Uploading;

/// <summary>
/// Names of new runs in stores, which programs of this machine have taken. The store is not asked, because no call waits for
/// it: the name of the machine is part of the run's, so that only programs of one machine choose the same.
/// </summary>
internal static class TakenRunName
{
    private const string Extension = ".run";

    // The clock can be set back, and the local time of a name comes again when summer ends.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>
    /// Takes the path of a run; returns false if a program has taken it. Any failure is left to the spool in the same
    /// directory, which tells of it.
    /// </summary>
    /// <param name="root">The directory of all spools.</param>
    /// <param name="store">The store.</param>
    /// <param name="path">The full path of the run.</param>
    public static bool TryTake(string root, ObjectStorage store, string path)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{store.Endpoint}\n{path}"));
        string file = Path.Combine(root, Convert.ToHexStringLower(hash.AsSpan(0, 16)) + Extension);
        try
        {
            Spool.CreatePrivate(root);
            new FileStream(file, FileMode.CreateNew).Dispose();
            DeleteOld(root, File.GetLastWriteTimeUtc(file));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return !File.Exists(file);
        }
    }

    private static void DeleteOld(string root, DateTime now)
    {
        foreach (string file in Directory.EnumerateFiles(root, $"*{Extension}"))
        {
            try
            {
                if ((now - File.GetLastWriteTimeUtc(file)).Duration() > Kept)
                    File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is deleted by another process, or belongs to another user.
            }
        }
    }
}
