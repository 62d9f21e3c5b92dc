using TorchBoard.Provenance;

namespace TorchBoard.Tests.Provenance;

internal sealed class MaskedTextTests
{
    [TestCase("train --token=abc --lr=0.1", "train --token=(masked) --lr=0.1")]
    [TestCase("train --password hunter2 --lr 0.1", "train --password (masked) --lr 0.1")]
    [TestCase("train --api-key abc", "train --api-key (masked)")]
    [TestCase("train --ApiKey=abc /p:AccessKey=abc", "train --ApiKey=(masked) /p:AccessKey=(masked)")]
    [TestCase("train --HF_TOKEN=abc token=abc", "train --HF_TOKEN=(masked) token=(masked)")]
    [TestCase("train --key abc", "train --key (masked)")]
    [TestCase("get https://user:pass@host/path?x=1&sig=abc&y=2", "get https://(masked)@host/path?x=1&sig=(masked)&y=2")]
    [TestCase("get https://token@host:8080/", "get https://(masked)@host:8080/")]
    [TestCase("get https://a:b@c@host/", "get https://(masked)@host/")]
    [TestCase("run ghp_0123456789abcdefghij hf_abcdefghijklmnop", "run (masked) (masked)")]
    [TestCase("run --auth eyJhbGciOiJIUzI1NiJ9.e30.abc", "run --auth (masked)")]
    public void What_looks_like_a_secret_is_masked(string arguments, string shown) =>
        Assert.That(MaskedText.CommandLine(arguments.Split(' ')), Is.EqualTo(shown));

    [TestCase("train --max-tokens=512 --tokenizer bert --author me --keyboard x --monkey y --compass z")]
    [TestCase("train --lr=1e-3 --data /mnt/c:/x --url https://host:8080/path?x=1&y=2 --keys 5 -v")]
    [TestCase("train --commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 C:\\runs 12:30:05")]
    public void What_does_not_is_unchanged(string arguments) =>
        Assert.That(MaskedText.CommandLine(arguments.Split(' ')), Is.EqualTo(arguments));

    [Test]
    public void Connection_strings_and_headers_are_masked_in_an_argument() =>
        Assert.That(
            MaskedText.CommandLine(
            [
                "run", "Server=db;User Id=me;Password=p w;Encrypt=true", "Authorization: Bearer abc", "AccountName=a;AccountKey=abc==;",
                "--connection-string", "secret", "say \"x\"", "",
            ]),
            Is.EqualTo(
                "run \"Server=db;User Id=me;Password=(masked) w;Encrypt=true\" \"Authorization: (masked)\" "
                + "AccountName=a;AccountKey=(masked); --connection-string (masked) \"say \\\"x\\\"\" \"\""));

    [Test]
    public void A_variable_is_masked_by_its_name_and_by_its_value()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MaskedText.Variable("WANDB_API_KEY", "abc"), Is.EqualTo("(masked)"));
            Assert.That(MaskedText.Variable("PROXY", "http://me:pw@proxy"), Is.EqualTo("http://(masked)@proxy"));
            Assert.That(MaskedText.Variable("RANK", "3"), Is.EqualTo("3"));
            Assert.That(MaskedText.Variable("TOKEN", ""), Is.Empty);
        }
    }
}
