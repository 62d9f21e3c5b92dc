using TorchBoard.Drawing.Fonts;

namespace TorchBoard.Tests.Drawing;

internal sealed class RightToLeftTests
{
    [TestCase("loss", ExpectedResult = false)]
    [TestCase("训练损失 – 損失 · Потери", ExpectedResult = false)]
    [TestCase("שלום", ExpectedResult = true)]
    [TestCase("loss خسارة", ExpectedResult = true)]
    public bool Lines_from_the_right_are_known(string text) => RightToLeft.IsIn(text);

    // Capitals stand for Hebrew letters: logical order, then visual order.
    [TestCase("ABC", "CBA")]
    [TestCase("ABC DEF", "FED CBA")]
    [TestCase("loss ABC DEF end", "loss FED CBA end")]
    [TestCase("ABC loss curve DEF", "FED loss curve CBA")]
    [TestCase("ABC 2024", "2024 CBA")]
    [TestCase("ABC 95.5% DEF", "FED 95.5% CBA")]
    [TestCase("ABC −3 DEF", "FED −3 CBA")]
    [TestCase("2024 ABC", "CBA 2024")]
    [TestCase("loss 12 ABC 34 x", "loss 12 34 CBA x")]
    [TestCase("ABC (loss) DEF", "FED (loss) CBA")]
    [TestCase("ABC (DEF)", "(FED) CBA")]
    [TestCase("loss (ABC)", "loss (CBA)")]
    [TestCase("ABC: DEF!", "!FED :CBA")]
    [TestCase("loss: ABC!", "loss: CBA!")]
    public void Runs_are_turned_and_numbers_are_not(string read, string drawn)
    {
        string text = RightToLeft.FromTheLeft(Hebrew(read), _ => false);
        Assert.That(text, Is.EqualTo(Hebrew(drawn)));

        static string Hebrew(string letters) =>
            string.Concat(letters.Select(c => c is >= 'A' and <= 'Z' ? (char)(0x5D0 + c - 'A') : c));
    }

    // In visual order: the last form is the word's first letter.
    [TestCase("سلام", "\uFEE1\uFEFC\uFEB3", TestName = "seen, lam with alef, meem")]
    [TestCase("لا", "\uFEFB", TestName = "lam with alef alone")]
    [TestCase("بيت", "\uFE96\uFEF4\uFE91", TestName = "initial, medial, final")]
    [TestCase("دار", "\uFEAD\uFE8D\uFEA9", TestName = "letters that join nothing after them")]
    [TestCase("ب", "\uFE8F", TestName = "alone")]
    [TestCase("ءب", "\uFE8F\uFE80", TestName = "hamza joins nothing")]
    [TestCase("بَب", "\uFE90\u064E\uFE91", TestName = "marks leave letters joined")]
    [TestCase("بـب", "\uFE90\u0640\uFE91", TestName = "kashida joins")]
    [TestCase("پچگی", "\uFBFD\uFB95\uFB7D\uFB58", TestName = "Persian")]
    public void Arabic_letters_are_joined(string text, string drawn) =>
        Assert.That(RightToLeft.FromTheLeft(text, _ => true), Is.EqualTo(drawn));

    [Test]
    public void Letters_stay_as_they_are_where_the_font_has_no_forms() =>
        Assert.That(RightToLeft.FromTheLeft("سلام", _ => false), Is.EqualTo("مالس"));
}
