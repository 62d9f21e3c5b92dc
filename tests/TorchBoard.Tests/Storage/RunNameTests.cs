using TorchBoard.Storage;

namespace TorchBoard.Tests.Storage;

internal sealed class RunNameTests
{
    [TestCase("loss", "train", "loss_train")]
    [TestCase("loss/epoch", "train", "loss_epoch_train")]
    [TestCase("loss", "../../etc", "loss_.._.._etc")]
    [TestCase("..", "..", "_._._")]
    [TestCase("C:\\x", "a|b", "C__x_a_b")]
    [TestCase("tag", "line\nbreak", "tag_line_break")]
    public void Names_that_lead_elsewhere_are_sanitized(string mainTag, string series, string expected) =>
        Assert.That(RunName.OfSeries(mainTag, series), Is.EqualTo(expected));

    [Test]
    public void A_name_too_long_for_file_systems_is_rejected()
    {
        var error = Assert.Throws<ArgumentException>(() => RunName.OfSeries(new string('ä', 127), "ä"));
        Assert.That(error.Message, Does.Contain("255").And.Contain("257"));
    }
}
