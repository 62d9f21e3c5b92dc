namespace TorchBoard.TestKit;

/// <summary>Assertions that the writer rejects an argument.</summary>
internal static class Refusal
{
    /// <summary>Asserts that a call throws for the argument, with a message that contains all the words.</summary>
    public static void Of(string argument, Action call, params string[] words)
    {
        ArgumentException? thrown = Assert.Catch<ArgumentException>(() => call());
        Assert.That(thrown?.ParamName, Is.EqualTo(argument), thrown?.Message);
        foreach (string word in words)
            Assert.That(thrown?.Message, Does.Contain(word));
    }
}
