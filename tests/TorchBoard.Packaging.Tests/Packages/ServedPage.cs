using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TorchBoard.Packaging.Tests.Packages;

/// <summary>What 'torchboard serve runs' answers to a browser.</summary>
internal static partial class ServedPage
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] Paths =
    [
        "", "main.js", "api/runs", "api/scalars?tag=loss&runs=all", "api/histograms?tag=weights&runs=all",
        "api/images?tag=picture&runs=all", "api/texts?tag=note&runs=all", "api/prcurves?tag=curve&runs=all", "api/meshes?tag=cloud&runs=all",
        "api/hyperparameters?runs=all", "api/nothing",
    ];

    /// <summary>
    /// Serves the directory 'runs' and returns the status and the body of each answer, without what differs between two
    /// servers: the epoch, versions and the folder.
    /// </summary>
    public static string[] Answers(string directory, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "serve", "runs", "--port", "0", "--grpc-port", "0"])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string?> line = process.StandardOutput.ReadLineAsync();
            Assert.That(line.Wait(Patience), "it tells its address");
            var page = new Uri(line.Result![(line.Result!.LastIndexOf(' ') + 1)..]);
            using var client = new HttpClient { BaseAddress = page, Timeout = Patience };
            Assert.That(() => Answer(client, "api/runs"), Does.Contain("\"loading\":false").After(60_000, 50));
            return [.. Paths.Select(path => Varying().Replace(Answer(client, path), "").Replace(directory, "", StringComparison.Ordinal))];
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static string Answer(HttpClient client, string path)
    {
        using HttpResponseMessage answer = client.GetAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult();
        return $"{path} {(int)answer.StatusCode} {answer.Content.ReadAsStringAsync().GetAwaiter().GetResult()}";
    }

    [GeneratedRegex("\"(epoch|version)\":(\"[^\"]*\"|[0-9]+),?")]
    private static partial Regex Varying();
}
