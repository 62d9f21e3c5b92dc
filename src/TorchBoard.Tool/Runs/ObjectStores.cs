using System.Runtime.CompilerServices;
using TorchBoard.Storage;

namespace TorchBoard.Tool.Runs;

/// <summary>
/// The object stores that paths of the command line name. Each is created, and its assemblies are loaded, when the first
/// such path is seen.
/// </summary>
internal static class ObjectStores
{
    private static readonly Lazy<ObjectStorage> S3 = new(CreateS3);
    private static readonly Lazy<ObjectStorage> Azure = new(CreateAzure);

    /// <summary>Whether a path is one of an object store, such as <c>s3://bucket/runs</c>.</summary>
    public static bool Has(string path) => UriScheme.Of(path) is "s3" or "az";

    /// <summary>Returns the store of a path; null for a path of the file system.</summary>
    /// <exception cref="ArgumentException">The path names no bucket or container, or has parts that are <c>..</c>.</exception>
    /// <exception cref="UsageException">The environment does not tell which account is meant.</exception>
    public static ObjectStorage? Of(string path)
    {
        if (!Has(path))
            return null;
        string scheme = UriScheme.Of(path)!;
        ObjectPath.Parse(path, scheme, argument: null);
        return scheme == "s3" ? S3.Value : Azure.Value;
    }

    /// <summary>Returns the path without slashes at the end.</summary>
    public static string FullPath(string path)
    {
        ObjectPath parsed = ObjectPath.Parse(path, UriScheme.Of(path)!, argument: null);
        string root = $"{UriScheme.Of(path)}://{parsed.Container}";
        return parsed.Key.Length == 0 ? root : $"{root}/{parsed.Key}";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static S3Storage CreateS3() => new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static AzureBlobStorage CreateAzure()
    {
        try
        {
            return new AzureBlobStorage();
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
