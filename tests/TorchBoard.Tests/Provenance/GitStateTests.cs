using TorchBoard.Provenance;

namespace TorchBoard.Tests.Provenance;

/// <summary>Real repositories of git.</summary>
internal sealed class GitStateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [OneTimeSetUp]
    public void Setup()
    {
        if (!Shell.Try("git", "--version"))
            Assert.Ignore("There is no git.");
    }

    [Test]
    public void A_directory_outside_of_repositories_has_no_state()
    {
        using var directory = new TestDirectory();
        Assert.That(GitState.Of(directory, "git", Patience), Is.Null);
    }

    [Test]
    public void A_clean_repository_has_commit_and_branch_and_changed_files_are_counted()
    {
        using var directory = new TestDirectory();
        string commit = Create(directory);
        string below = Directory.CreateDirectory(Path.Combine(directory, "a", "b")).FullName;
        File.WriteAllText(Path.Combine(directory, "untracked"), "");
        Assert.That(GitState.Of(below, "git", Patience), Is.EqualTo(new GitState(commit, "feature/x", "clean")));

        File.WriteAllText(Path.Combine(directory, "first"), "changed");
        Assert.That(GitState.Of(below, "git", Patience)!.Changes, Is.EqualTo("1 tracked file changed"));
        File.Delete(Path.Combine(directory, "second"));
        Assert.That(GitState.Of(below, "git", Patience)!.Changes, Is.EqualTo("2 tracked files changed"));
    }

    [Test]
    public void A_detached_head_has_a_commit_and_no_branch()
    {
        using var directory = new TestDirectory();
        string commit = Create(directory);
        Git(directory, "checkout", "--quiet", "--detach");
        Assert.That(GitState.Of(directory, "git", Patience), Is.EqualTo(new GitState(commit, "none: detached", "clean")));
        Assert.That(
            GitState.Of(directory, "no-such-git", Patience),
            Is.EqualTo(new GitState(commit, "none: detached", "not known: git cannot be started")));
    }

    [Test]
    public void A_repository_without_commits_says_so()
    {
        using var directory = new TestDirectory();
        Git(directory, "init", "--quiet", "--initial-branch=main");
        Assert.That(GitState.Of(directory, "git", Patience), Is.EqualTo(new GitState("none yet", "main", "clean")));
        Assert.That(GitState.Of(directory, "no-such-git", Patience)!.Commit, Is.EqualTo("not known"));
    }

    [Test]
    public void Without_git_the_commit_and_the_branch_are_read_from_its_files()
    {
        using var directory = new TestDirectory();
        string commit = Create(directory);
        var expected = new GitState(commit, "feature/x", "not known: git cannot be started");
        Assert.That(GitState.Of(directory, "no-such-git", Patience), Is.EqualTo(expected));
        Git(directory, "pack-refs", "--all");
        Assert.That(GitState.Of(directory, "no-such-git", Patience), Is.EqualTo(expected), "packed");
    }

    [Test]
    public void A_worktree_has_its_own_branch()
    {
        using var directory = new TestDirectory();
        string commit = Create(Path.Combine(directory, "main"));
        Git(Path.Combine(directory, "main"), "worktree", "add", "--quiet", "-b", "other", "../tree");
        string tree = Path.Combine(directory, "tree");
        Assert.That(GitState.Of(tree, "git", Patience), Is.EqualTo(new GitState(commit, "other", "clean")));
        Assert.That(GitState.Of(tree, "no-such-git", Patience)!.Branch, Is.EqualTo("other"));
        Assert.That(GitState.Of(tree, "no-such-git", Patience)!.Commit, Is.EqualTo(commit));
    }

    [Test]
    [Platform("Unix", Reason = "a program that stands for git")]
    public void A_repository_of_another_owner_or_a_git_that_does_not_answer_is_a_state_with_the_reason()
    {
        using var directory = new TestDirectory();
        string commit = Create(directory);
        string refusing = Program(directory, "refusing", "echo \"fatal: detected dubious ownership in repository\" >&2; exit 128");
        string hanging = Program(directory, "hanging", "exec tail -f /dev/null");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                GitState.Of(directory, refusing, Patience),
                Is.EqualTo(new GitState(commit, "feature/x", "not known: fatal: detected dubious ownership in repository")));
            Assert.That(
                GitState.Of(directory, hanging, TimeSpan.FromMilliseconds(50)),
                Is.EqualTo(new GitState(commit, "feature/x", "not known: git did not answer within 0.05 seconds")));
        }
    }

    private static string Program(string directory, string name, string script)
    {
        string path = Path.Combine(directory, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        Assert.That(Shell.Try("chmod", "+x", path));
        return path;
    }

    private static string Create(string directory)
    {
        Directory.CreateDirectory(directory);
        Git(directory, "init", "--quiet", "--initial-branch=feature/x");
        File.WriteAllText(Path.Combine(directory, "first"), "1");
        File.WriteAllText(Path.Combine(directory, "second"), "2");
        Git(directory, "add", ".");
        Git(directory, "-c", "user.name=A", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "commit", "--quiet", "-m", "First");
        return Git(directory, "rev-parse", "HEAD").Trim();
    }

    private static string Git(string directory, params string[] arguments) => Command.Succeed(directory, "git", arguments);
}
