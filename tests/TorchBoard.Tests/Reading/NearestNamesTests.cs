namespace TorchBoard.Tests.Reading;

/// <summary>A mistyped name is answered with the three nearest by the Levenshtein distance.</summary>
internal sealed class NearestNamesTests
{
    [TestCase("kitten", "mitten|kitchen|sitting", "sitting|x|kitchen|mitten")]
    [TestCase("loss", "a|b|c", "d|c|b|a", TestName = "Equally far names are in ordinal order")]
    [TestCase("lr", "LR|l|lx", "learning_rate/lr|lx|LR|l", TestName = "Another case counts half, and so do names that contain it")]
    [TestCase("val", "accuracy/val|abcdefgh", "abcdefgh|accuracy/val", TestName = "A name that contains it is nearer than one that does not")]
    [TestCase("TRAIN/loss", "train|losses", "train|losses")]
    [TestCase("", "a|bb|ccc", "ccc|dddd|bb|a")]
    public void The_nearest_names_come_first(string name, string nearest, string names) =>
        Assert.That(NearestNames.To(name, names.Split('|')), Is.EqualTo(nearest.Split('|')));

    [TestCase(new string[0], "'los' was not found: there are no scalar tags.")]
    [TestCase(new[] { "loss" }, "'los' was not found among the 1 scalar tags; that is the only one: 'loss'.")]
    [TestCase(
        new[] { "a", "b", "loss", "c" }, "'los' was not found among the 4 scalar tags; the nearest: 'loss', 'a', 'b'.")]
    public void The_message_tells_what_was_searched(string[] names, string expected) =>
        Assert.That(NearestNames.Message("scalar tags", "los", names), Is.EqualTo(expected));
}
