namespace TorchBoard.TestKit;

/// <summary>How the writer refuses an argument.</summary>
internal static class Refusal
{
    /// <summary>Asserts that a call throws for that argument, with a message that has all those words.</summary>
    public static void Of(string argument, Action call, params string[] words)
    {
        ArgumentException? thrown = Assert.Catch<ArgumentException>(() => call());
        Assert.That(thrown?.ParamName, Is.EqualTo(argument), thrown?.Message);
        foreach (string word in words)
            Assert.That(thrown?.Message, Does.Contain(word));
    }
}
