using System.Text.RegularExpressions;

namespace TorchBoard.Uploading;

/// <summary>The files that a configuration of the projector names.</summary>
internal static partial class ProjectorReferences
{
    /// <summary>Returns the names, which are below the directory of the configuration.</summary>
    public static IEnumerable<string> In(string config) => References().Matches(config)
        .Select(match => match.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal))
        .Where(name => name.Split('/').All(part => part is not ("" or "." or "..")))
        .Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(?:tensor_path|metadata_path|image_path)\s*:\s*""((?:[^""\\]|\\.)*)""")]
    private static partial Regex References();
}
