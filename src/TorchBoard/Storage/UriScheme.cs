namespace TorchBoard.Storage;

/// <summary>
/// Rejects URIs where no storage was passed for them, so that <c>s3://bucket/run</c> does not become a directory named
/// <c>s3:</c>.
/// </summary>
internal static class UriScheme
{
    /// <exception cref="ArgumentException">The path is a URI.</exception>
    public static void ThrowIfUri(string path, string? argument)
    {
        if (path.Contains(':') && Of(path) is { } scheme)
            Throw(path, scheme, argument);
    }

    /// <summary>Returns the scheme of a URI in lower case; null for a path of a file system.</summary>
    public static string? Of(string path)
    {
        int length = path.IndexOf("://", StringComparison.Ordinal);
        if (path.StartsWith("file:/", StringComparison.OrdinalIgnoreCase))
            length = "file".Length;

        // A single letter before the colon is a drive of Windows.
        return length > 1 ? Checked(path[..length]) : null;
    }

    private static string? Checked(string scheme) =>
        char.IsAsciiLetter(scheme[0]) && scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.')
            ? scheme.ToLowerInvariant()
            : null;

    private static void Throw(string path, string scheme, string? argument) =>
        throw new ArgumentException($"'{path}' is not a path of a file system: {Advice(path, scheme)}.", argument);

    private static string Advice(string path, string scheme) => scheme switch
    {
        "file" => $"pass the plain path{(PlainPath(path) is { } plain ? $" '{plain}'" : "")}",
        "s3" => Storage("TorchBoard.S3", "S3Storage"),
        "az" => Storage("TorchBoard.AzureBlobs", "AzureBlobStorage"),
        _ => $"no package supports '{scheme}://'; use a directory and synchronize it",
    };

    private static string Storage(string package, string type) =>
        $"pass Storage = new {type}() of the package {package} with it";

    // Uri requires an authority, which may be empty: file:///data for file:/data.
    private static string? PlainPath(string path)
    {
        string rest = path["file:".Length..];
        string complete = rest.StartsWith("//", StringComparison.Ordinal) ? path : $"file://{rest}";
        return Uri.TryCreate(complete, UriKind.Absolute, out Uri? uri) ? uri.LocalPath : null;
    }
}
