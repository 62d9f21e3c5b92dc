using TorchBoard.Storage;

namespace TorchBoard;

/// <summary>The container and the key of an object, or a prefix of the keys of several.</summary>
/// <param name="Container">The bucket of S3 or the container of Azure.</param>
/// <param name="Key">The key, with slashes between its parts; empty for everything in the container.</param>
public readonly record struct ObjectPath(string Container, string Key)
{
    /// <summary>Splits a path such as <c>s3://bucket/runs/digits</c>.</summary>
    /// <param name="path">The path. Its characters are taken as they are: <c>%20</c> is not a space.</param>
    /// <param name="scheme">The scheme that the path must have, such as <c>s3</c>.</param>
    /// <param name="argument">The name of the argument, for the message.</param>
    /// <exception cref="ArgumentException">
    /// The path has another scheme or none, no container, control characters, or a part that is <c>.</c> or
    /// <c>..</c>, which would mean another path.
    /// </exception>
    public static ObjectPath Parse(string path, string scheme, string? argument = "path")
    {
        ArgumentException.ThrowIfNullOrEmpty(path, argument);
        if (UriScheme.Of(path) != scheme)
        {
            throw new ArgumentException(
                $"'{path}' is not a path of this storage. Pass one that begins with '{scheme}://', such as "
                + $"'{scheme}://{Example(scheme)}/runs', or no storage for a directory.",
                argument);
        }

        ObjectPath parsed = Split(path);
        if (parsed.Container.Length == 0)
        {
            throw new ArgumentException(
                $"'{path}' names no {Example(scheme)}. Pass '{scheme}://', the name of the {Example(scheme)}, a slash and "
                + $"the path in it, such as '{scheme}://{Example(scheme)}/runs'.",
                argument);
        }

        if (path.Any(char.IsControl))
            throw new ArgumentException($"'{path}' has control characters, which no path may have.", argument);
        if (parsed.Container is "." or ".." || parsed.Key.Split('/').Any(part => part is "." or ".."))
        {
            throw new ArgumentException(
                $"'{path}' has a part that is '.' or '..'. Keys of objects have no such parts; pass the path that is meant.",
                argument);
        }

        return parsed;
    }

    /// <summary>Splits a full path of a storage.</summary>
    internal static ObjectPath Split(string path)
    {
        string rest = path[(path.IndexOf("://", StringComparison.Ordinal) + "://".Length)..].TrimEnd('/');
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new ObjectPath(rest, "") : new ObjectPath(rest[..slash], rest[(slash + 1)..]);
    }

    private static string Example(string scheme) => scheme == "az" ? "container" : "bucket";
}
