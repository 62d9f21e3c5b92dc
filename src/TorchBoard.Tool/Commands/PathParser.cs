using System.CommandLine.Parsing;
using TorchBoard.Storage;
using TorchBoard.Storage.Local;

namespace TorchBoard.Tool.Commands;

/// <summary>
/// Parses paths of the command line as the library does: <c>~</c> is the home directory, which a shell does not replace
/// in <c>--output=~/x</c>, and URIs are rejected.
/// </summary>
internal static class PathParser
{
    public static string One(ArgumentResult result) => Parse(result.Tokens[0].Value, result);

    public static string[] Several(ArgumentResult result) =>
        [.. result.Tokens.Select(token => Parse(token.Value, result))];

    private static string Parse(string path, ArgumentResult result)
    {
        try
        {
            if (path.Length == 0)
                throw new ArgumentException("A path is empty.");
            UriScheme.ThrowIfUri(path, argument: null);
            LocalPath.ThrowIfOfUser(path, argument: null);
        }
        catch (ArgumentException e)
        {
            result.AddError(e.Message);
        }

        return LocalPath.WithHome(path);
    }
}
