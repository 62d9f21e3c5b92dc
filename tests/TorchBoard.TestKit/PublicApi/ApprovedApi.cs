using System.Reflection;

namespace TorchBoard.TestKit.PublicApi;

/// <summary>The approved public surface of a library: a text file named after the library.</summary>
internal static class ApprovedApi
{
    /// <summary>Fails if the surface differs from the approved one, and writes the received one to a file.</summary>
    public static void Check(Assembly library, string folder)
    {
        string name = library.GetName().Name!;
        string approved = Path.Combine(Repository.Root, folder, name + ".txt");
        string received = Path.Combine(Repository.Root, folder, name + ".received.txt");
        string actual = ApiText.Of(library);
        string expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        string[] lines = actual.Split('\n'), known = expected.Split('\n');
        Assert.Fail(
            $"""
            The public surface of {name} changed:
            {string.Join("\n", known.Except(lines).Select(line => "- " + line))}
            {string.Join("\n", lines.Except(known).Select(line => "+ " + line))}
            To accept it: mv {folder}/{name}.received.txt {folder}/{name}.txt
            """);
    }

    /// <summary>Fails if a public name is not spelled as the framework spells.</summary>
    public static void CheckSpelling(Assembly library) =>
        Assert.That(ApiText.Of(library), Does.Not.Match("Colou[r]|Gre[y]|Normalis|Centr[e]|HyperP|Maximis|Optimis|Behaviou[r]"));
}
