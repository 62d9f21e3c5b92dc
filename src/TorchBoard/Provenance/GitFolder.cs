namespace TorchBoard.Provenance;

/// <summary>What the files of a repository tell without <c>git</c>: the commit and the branch.</summary>
internal sealed record GitFolder(string? Commit, string? Branch)
{
    private const string Reference = "ref: ";
    private const string Heads = "refs/heads/";

    /// <summary>Returns the repository of a directory; null if there is none.</summary>
    public static GitFolder? Find(string directory)
    {
        for (DirectoryInfo? at = new(directory); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, ".git");
            if (Directory.Exists(path))
                return Read(path);

            // A worktree or a submodule, whose repository is elsewhere.
            if (TextOf(path) is { } text && text.StartsWith("gitdir: ", StringComparison.Ordinal))
                return Read(Path.GetFullPath(text["gitdir: ".Length..].Trim(), at.FullName));
        }

        return null;
    }

    private static GitFolder Read(string folder)
    {
        string? head = TextOf(Path.Combine(folder, "HEAD"))?.Trim();
        if (head is null)
            return new GitFolder(null, null);
        if (!head.StartsWith(Reference, StringComparison.Ordinal))
            return new GitFolder(head, "none: detached");
        string reference = head[Reference.Length..];
        string common = TextOf(Path.Combine(folder, "commondir")) is { } other ? Path.GetFullPath(other.Trim(), folder) : folder;
        string? commit = TextOf(Path.Combine(common, reference))?.Trim() ?? Packed(common, reference);
        return new GitFolder(
            commit, reference.StartsWith(Heads, StringComparison.Ordinal) ? reference[Heads.Length..] : reference);
    }

    private static string? Packed(string folder, string reference) =>
        (TextOf(Path.Combine(folder, "packed-refs")) ?? "").Split('\n')
            .FirstOrDefault(line => line.TrimEnd().EndsWith($" {reference}", StringComparison.Ordinal))?.Split(' ')[0];

    private static string? TextOf(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
