using TorchBoard.Provenance;

namespace TorchBoard.Tests.Provenance;

internal sealed class EnvironmentTests
{
    [Test]
    public void A_run_has_a_table_of_where_it_comes_from()
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            writer.AddEnvironment();

        Dictionary<string, string> rows = Rows(RunLog.Open(directory).Text["environment"][0].Value.ToString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                rows.Keys,
                Is.SupersetOf(new[]
                {
                    "command line", "program", "working directory", "git commit", "host", "system", ".NET", "processors", "memory",
                    "GPUs", "packages",
                }));
            Assert.That(rows["working directory"], Is.EqualTo($"`{Environment.CurrentDirectory}`"));
            Assert.That(rows["host"], Is.EqualTo(Environment.MachineName));
            Assert.That(rows["packages"], Does.Contain("Google.Protobuf 3.").And.Contain("NUnit 5."));
            Assert.That(rows[".NET"], Does.StartWith(".NET 10."));
            Assert.That(rows["processors"], Does.StartWith($"{Environment.ProcessorCount}"));
        }
    }

    [Test]
    [NonParallelizable]
    public void Only_the_variables_of_the_list_are_written_and_secrets_among_them_are_masked()
    {
        Environment.SetEnvironmentVariable("TORCHBOARD_TEST_RANK", "3");
        Environment.SetEnvironmentVariable("TORCHBOARD_TEST_TOKEN", "abc");
        Environment.SetEnvironmentVariable("TORCHBOARD_TEST_OTHER", "x");
        var options = new EnvironmentOptions
        {
            CommandLine = false,
            Variables = ["TORCHBOARD_TEST_RANK", "TORCHBOARD_TEST_TOKEN", "TORCHBOARD_TEST_NOT_SET"],
        };

        Dictionary<string, string> rows = RunEnvironment.Rows(options, Environment.CurrentDirectory).ToDictionary(row => row[0], row => row[1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Keys, Does.Not.Contain("command line").And.Not.Contain("TORCHBOARD_TEST_OTHER"));
            Assert.That(rows.Keys, Does.Not.Contain("TORCHBOARD_TEST_NOT_SET"));
            Assert.That(rows["TORCHBOARD_TEST_RANK"], Is.EqualTo("3"));
            Assert.That(rows["TORCHBOARD_TEST_TOKEN"], Is.EqualTo("(masked)"));
        }
    }

    [Test]
    public void The_packages_of_a_program_without_a_list_are_its_assemblies()
    {
        using var directory = new TestDirectory();
        string damaged = Path.Combine(directory, "damaged.deps.json");
        File.WriteAllText(damaged, "{ \"libraries\": 3 }");
        using (Assert.EnterMultipleScope())
        {
            foreach (string? list in new[] { null, damaged, Path.Combine(directory, "none") })
            {
                IReadOnlyList<string> found = PackageVersions.Of(list);
                Assert.That(found, Has.Some.StartsWith("Google.Protobuf 3."));
                Assert.That(found, Has.None.StartsWith("System."));
            }
        }
    }

    [Test]
    public void A_directory_that_does_not_exist_is_no_reason_to_throw() =>
        Assert.That(
            RunEnvironment.Rows(new EnvironmentOptions(), "/no/such/directory").Select(row => row[0]), Contains.Item("git commit"));

    [Test]
    public void Invalid_arguments_are_refused()
    {
        using var directory = new TestDirectory();
        using var writer = new SummaryWriter(directory);
        writer.AddScalar("loss", 1f, 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => writer.AddEnvironment(""), Throws.ArgumentException);
            Assert.That(() => writer.AddEnvironment("loss"), Throws.ArgumentException);
            Assert.That(() => new EnvironmentOptions { Variables = [""] }, Throws.ArgumentException);
            Assert.That(() => new EnvironmentOptions { Variables = null! }, Throws.ArgumentNullException);
            Assert.That(() => new EnvironmentOptions { GitTimeout = TimeSpan.Zero }, Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    private static Dictionary<string, string> Rows(string markdown) =>
        markdown.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim('|', ' ').Split(" | ", 2)).ToDictionary(cells => cells[0], cells => cells[1]);
}
