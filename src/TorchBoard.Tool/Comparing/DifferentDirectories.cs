using TorchBoard.Storage.Local;

namespace TorchBoard.Tool.Comparing;

/// <summary>The two sides of a comparison, which is always green if they are the same.</summary>
internal static class DifferentDirectories
{
    /// <exception cref="UsageException">Both are the same directory, possibly through links.</exception>
    public static void ThrowIfSame(string a, string b, string sides)
    {
        if (Path.Exists(a) && LinkedPath.Resolve(a) == LinkedPath.Resolve(b))
            throw new UsageException($"{sides} are both '{a}'; a comparison needs two different directories.");
    }
}
