using System.CommandLine.Parsing;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;
using TorchBoard.Tool.Runs;

namespace TorchBoard.Tool.Commands;

/// <summary>
/// Parses paths of the command line as the library does: <c>~</c> is the home directory, which a shell does not replace
/// in <c>--output=~/x</c>, and URIs are rejected unless they name an object store that can be read.
/// </summary>
internal static class PathParser
{
    /// <summary>Parses a path of the file system.</summary>
    public static string One(ArgumentResult result) => Parse(result.Tokens[0].Value, mayBeStored: false, result);

    /// <summary>Parses a path of the file system or of an object store.</summary>
    public static string OneOrStored(ArgumentResult result) => Parse(result.Tokens[0].Value, mayBeStored: true, result);

    /// <summary>Parses paths of the file system.</summary>
    public static string[] Several(ArgumentResult result) =>
        [.. result.Tokens.Select(token => Parse(token.Value, mayBeStored: false, result))];

    /// <summary>Parses paths of the file system or of object stores.</summary>
    public static string[] SeveralOrStored(ArgumentResult result) =>
        [.. result.Tokens.Select(token => Parse(token.Value, mayBeStored: true, result))];

    /// <summary>
    /// Parses directories, of which there is at least one, and leaves the last argument if it is a tag: it is not a path
    /// or a pattern of paths, or the runs of the directories before have such a tag.
    /// </summary>
    public static string[] BeforeTag(ArgumentResult result)
    {
        string last = result.Tokens[^1].Value;
        bool isTag = result.Tokens.Count > 1 && !ObjectStores.Has(last)
            && (!Exists(last) || HaveTag(result.Tokens.SkipLast(1), last));
        return First(isTag ? result.Tokens.Count - 1 : result.Tokens.Count, result);
    }

    /// <summary>
    /// Parses directories of the file system, of which there is at least one, and leaves the tags after them, of which there is
    /// at least one: they are not paths or patterns of paths, or the runs of the directories before have such a tag.
    /// </summary>
    public static string[] BeforeTags(ArgumentResult result)
    {
        int count = 1;
        while (count < result.Tokens.Count - 1 && Exists(result.Tokens[count].Value)
            && !HaveTag(result.Tokens.Take(count), result.Tokens[count].Value))
        {
            count++;
        }

        result.OnlyTake(count);
        return Several(result);
    }

    /// <summary>Parses directories of the file system, of which there is at least one, and leaves the last two arguments.</summary>
    public static string[] BeforeTwo(ArgumentResult result)
    {
        result.OnlyTake(Math.Max(1, result.Tokens.Count - 2));
        return Several(result);
    }

    /// <summary>
    /// Parses directories, of which there is at least one, and leaves the arguments from the first on that is not a path
    /// or a pattern of paths.
    /// </summary>
    public static string[] BeforeExpectations(ArgumentResult result) =>
        First(1 + result.Tokens.Skip(1).TakeWhile(token => Exists(token.Value)).Count(), result);

    private static string[] First(int count, ArgumentResult result)
    {
        result.OnlyTake(count);
        return SeveralOrStored(result);
    }

    private static bool Exists(string path) =>
        path.Length > 0 && (ObjectStores.Has(path) || new LogPath(path).Exists);

    private static bool HaveTag(IEnumerable<Token> directories, string tag)
    {
        try
        {
            return OpenedRuns.TagsOf(new LogDirectories(directories.Select(token => token.Value)))
                .Any(name => Selection.Matches(tag, name));
        }
        catch (Exception e) when (Failure.IsExpected(e) || e is ArgumentException)
        {
            return false;
        }
    }

    private static string Parse(string path, bool mayBeStored, ArgumentResult result)
    {
        try
        {
            if (path.Length == 0)
                throw new ArgumentException("A path is empty.");
            if (ObjectStores.Has(path))
            {
                if (!mayBeStored)
                {
                    throw new ArgumentException(
                        $"'{path}' must be a directory; 'torchboard sync' copies runs to object stores and from them.");
                }

                if (path.AsSpan().ContainsAny('*', '?'))
                {
                    throw new ArgumentException(
                        $"'{path}' is a pattern, and object stores have none. Pass what is before the '*', and choose with "
                        + "--run where a command has it.");
                }

                ObjectStores.Of(path);
                return path;
            }

            UriScheme.ThrowIfUri(path, argument: null);
            LocalPath.ThrowIfOfUser(path, argument: null);
            if (path.StartsWith('-') && !Path.Exists(path))
                throw new ArgumentException($"There is no option or directory '{path}'.");
        }
        catch (Exception e) when (e is ArgumentException or UsageException)
        {
            result.AddError(e.Message);
            if (ObjectStores.Has(path))
                return path;
        }

        return LocalPath.WithHome(path);
    }
}
