using System.Text;
using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Documents;

/// <summary>Checks the documents: code compiles, and the commands and projects that they name exist.</summary>
internal sealed partial class CodeBlockTests
{
    private const string Given = "tests/TorchBoard.Packaging.Tests/Documents/Surroundings.cs";

    private static IEnumerable<TestCaseData> NotCompiled =>
        MarkdownBlock.All()
            .Where(block => block is { Language: "csharp", NotCompiled: not null })
            .Select(block => new TestCaseData(block).SetArgDisplayNames($"{block.Document}:{block.Line}"));

    [Test]
    public void Every_code_block_compiles()
    {
        MarkdownBlock[] blocks =
            [.. MarkdownBlock.All().Where(block => block is { Language: "csharp", NotCompiled: null })];
        Assert.That(blocks, Has.Length.GreaterThan(4), "the documents were found");
        string directory = Directory.CreateTempSubdirectory("torchboard-documents-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "Documents.csproj"), Project);
            File.Copy(Path.Combine(Repository.Root, Given), Path.Combine(directory, "Surroundings.cs"));
            foreach ((int i, MarkdownBlock block) in blocks.Index())
                File.WriteAllText(Path.Combine(directory, $"Block{i}.cs"), Compilable(block, i));

            Command build = Command.Run(directory, "dotnet", "build", "-c", "Release");
            Assert.That(Errors().Matches(build.Output).Select(match => match.Value).Distinct(), Is.Empty);
            Assert.That(build.ExitCode, Is.Zero, build.Output);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [TestCaseSource(nameof(NotCompiled))]
    public void A_block_that_is_not_compiled_says_why(MarkdownBlock block) =>
        Assert.Ignore($"{block.Document}:{block.Line} is not compiled: {block.NotCompiled}");

    [Test]
    public void Every_command_and_project_that_the_documents_name_exists()
    {
        string commands = Command.Succeed(
            Repository.Root, "dotnet", Path.Combine(AppContext.BaseDirectory, "TorchBoard.Tool.dll"), "--help");
        IEnumerable<(MarkdownBlock Block, string Line)> lines =
            from block in MarkdownBlock.All()
            where block.Language is "console" or "" or "sh"
            from line in block.Code.Split('\n')
            select (block, line);

        using (Assert.EnterMultipleScope())
        {
            foreach ((MarkdownBlock block, string line) in lines)
            {
                foreach (Match project in ProjectPath().Matches(line))
                {
                    string path = Path.Combine(Repository.Root, project.Groups[1].Value);
                    Assert.That(File.Exists(path) || Directory.Exists(path), $"{block.Document}: {line}");
                }

                if (ToolCommand().Match(line) is { Success: true } command)
                {
                    Assert.That(
                        commands, Does.Match($@"(?m)^\s+{command.Groups[1].Value}\s"), $"{block.Document}: {line}");
                }
            }
        }
    }

    [Test]
    public void The_README_begins_with_what_to_run_and_stays_short()
    {
        string[] lines = Repository.Read("README.md").Split('\n');
        Assert.That(
            lines.Take(40),
            Contains.Item("$ dotnet run -c Release --project examples/Quickstart -- --logdir runs/quickstart"));
        Assert.That(lines.Take(40), Contains.Item("$ dotnet test TorchBoard.sln"));
        Assert.That(lines, Has.Length.LessThan(300));
    }

    [Test]
    public void Every_link_and_picture_of_a_document_exists()
    {
        IEnumerable<string> broken =
            from document in Repository.Files("", "*.md")
            from Match link in Link().Matches(Repository.Read(document))
            let target = link.Groups[1].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith(
                "mailto:", StringComparison.Ordinal)
            let path = Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{document}: {target}";
        Assert.That(broken, Is.Empty);
    }

    private static string Project =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <NoWarn>CS0649;CS8321;CS0219;CS1998</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            {string.Concat(References.Select(name => $"<Reference Include=\"{Path.Combine(AppContext.BaseDirectory, name)}\" />"))}
          </ItemGroup>
        </Project>
        """;

    private static string[] References =>
    [
        "TorchBoard.dll", "TorchBoard.AzureBlobs.dll", "TorchBoard.Extensions.Hosting.dll", "TorchBoard.ImageSharp.dll", "TorchBoard.S3.dll", "TorchBoard.Server.dll",
        "TorchBoard.Testing.dll", "AWSSDK.Core.dll", "AWSSDK.S3.dll", "Azure.Core.dll", "Azure.Storage.Blobs.dll", "SixLabors.ImageSharp.dll",
        "System.Numerics.Tensors.dll", "nunit.framework.dll",
    ];

    /// <summary>The block in a method, unless it declares types. Errors refer to the document's lines.</summary>
    private static string Compilable(MarkdownBlock block, int number)
    {
        var text = new StringBuilder(
            "using TorchBoard;\nusing TorchBoard.Testing;\nusing NUnit.Framework;\nusing static Surroundings;\n");
        string[] lines = block.Code.Split('\n');
        foreach (string line in lines.Where(IsUsing)
            .Where(line => !text.ToString().Contains(line, StringComparison.Ordinal)))
        {
            text.AppendLine(line);
        }

        bool isType = TypeDeclaration().IsMatch(block.Code);
        text.AppendLine(
            isType
                ? $"namespace Block{number} {{"
                : $"internal static class Block{number} {{ private static async Task Run() {{");
        text.Append(null, $"#line {block.Line} \"{block.Document}\"\n");
        text.AppendJoin('\n', lines.Select(line => IsUsing(line) ? "" : line));
        return text.Append(isType ? "\n}\n" : "\n} }\n").ToString();
    }

    private static bool IsUsing(string line) => UsingDirective().IsMatch(line);

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex UsingDirective();

    [GeneratedRegex(@"^(\[.*\]\s*)*(public |internal |sealed |static )*(class|record|struct|enum) ",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\S*\(\d+,\d+\): error .*?(?= \[)")]
    private static partial Regex Errors();

    [GeneratedRegex(@"(?:--project|dotnet test|dotnet build|dotnet pack) ((?!-)\S+)")]
    private static partial Regex ProjectPath();

    [GeneratedRegex(@"^\s*\$? ?torchboard ([a-z]+)\b")]
    private static partial Regex ToolCommand();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
