using TorchBoard.Drawing;
using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;
using TorchBoard.Tests.Interpretation;

namespace TorchBoard.Tests.Panels;

internal sealed class TokenPictureTests
{
    private static readonly string[] Tokens = ["not", "good", "at", "all"];

    [Test]
    public void Words_are_explained_as_numbers_that_are_present_or_absent()
    {
        // good +4, not good −6, all ×1: the interaction is shared by both words.
        Predict sentiment = (present, count, scores) =>
        {
            for (int n = 0; n < count; n++)
                scores[n] = (4 * present[(n * 4) + 1]) - (6 * present[n * 4] * present[(n * 4) + 1]) + present[(n * 4) + 3];
        };
        float[] all = [1, 1, 1, 1];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                ShapleyValues.Explain(sentiment, all).Values.ToArray(), Is.EqualTo(new double[] { -3, 1, 0, 1 }).Within(1e-9));
            Assert.That(
                KernelShap.Explain(sentiment, all).Values.ToArray(), Is.EqualTo(new double[] { -3, 1, 0, 1 }).Within(1e-9));
            Assert.That(
                FeatureAblation.Explain(sentiment, all).Values.ToArray(), Is.EqualTo(new double[] { -6, -2, 0, 1 }));
            Assert.That(
                Lime.Explain(LinearModel.Of(-3, 1, 0, 1), all, options: new() { Ridge = 0 }).Values.ToArray(),
                Is.EqualTo(new double[] { -3, 1, 0, 1 }).Within(1e-9));
        }
    }

    [Test]
    public void Markdown_marks_the_sign_of_contributions_and_the_large_ones()
    {
        string markdown = TokenPicture.ToMarkdown(Tokens, new Attribution([-4, 2, 0.4, -1]));
        Assert.That(markdown, Does.StartWith("🟥**not** 🟩**good** at 🟥all \n\n"));
        Assert.That(markdown, Does.Contain("largest contribution, 4."));
    }

    [Test]
    public void Tokens_mean_nothing_in_markdown()
    {
        string markdown = TokenPicture.ToMarkdown(
            ["#", "**", "<b>", "1.", "[a](b)", "猫", "\n", "é"], new Attribution([1, 1, 1, 1, 1, 0, 0, 0]));
        Assert.That(
            markdown.Split("\n\n")[..2],
            Is.EqualTo(new[]
            {
                "🟩**&#35;** 🟩**&#42;&#42;** 🟩**&#60;b&#62;** 🟩**&#49;&#46;** 🟩**&#91;a&#93;&#40;b&#41;** 猫 ", "é ",
            }));
    }

    [Test]
    public void A_picture_has_each_token_on_its_color_and_embeddings_are_summed()
    {
        Attribution embedded = new([-5, 1, 2, 2, 0, 0, 1, -1], [4, 2]);
        Picture picture = TokenPicture.Draw(Tokens, embedded, new() { Method = "integrated gradients" });
        HashSet<Color> colors = [];
        for (int row = 0; row < picture.Height; row++)
        {
            for (int column = 0; column < picture.Width; column++)
                colors.Add(picture[row, column]);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(picture.Width, Is.EqualTo(640));
            Assert.That(colors, Does.Contain(ColorMap.RedWhiteGreen.Of(-1)), "−4, the largest");
            Assert.That(colors, Does.Contain(ColorMap.RedWhiteGreen.Of(1)), "4");
        }
    }

    [Test]
    public void Long_texts_wrap_and_end_with_the_number_of_tokens_that_are_left()
    {
        string[] words = [.. Enumerable.Repeat("解释", 100)];
        Picture one = TokenPicture.Draw(["解释"], new Attribution([1]));
        Picture many = TokenPicture.Draw(words, new Attribution([.. Enumerable.Repeat(1.0, 100)]));
        Picture broken = TokenPicture.Draw(["a", "\n", "b"], new Attribution([1, 0, 1]));
        string[] lines = [.. Enumerable.Repeat("\n", 2000)];
        Picture most = TokenPicture.Draw(lines, new Attribution(new double[2000]));
        int lineHeight = broken.Height - one.Height;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lineHeight, Is.InRange(20, 60));
            Assert.That((many.Height - one.Height) / lineHeight, Is.InRange(4, 20));
            Assert.That(most.Height, Is.InRange(290 * lineHeight, 305 * lineHeight));
        }
    }

    [Test]
    public void Attributions_of_another_number_of_tokens_are_refused()
    {
        Refusal.Of("attribution", () => TokenPicture.Draw(Tokens, new Attribution([1, 2, 3])), "[4]", "[3]");
        Refusal.Of("attribution", () => TokenPicture.ToMarkdown(Tokens, new Attribution(new double[8], [2, 4])));
        Refusal.Of("tokens", () => TokenPicture.Draw([], new Attribution([1])));
        Refusal.Of("tokens", () => TokenPicture.ToMarkdown([null!], new Attribution([1])));
    }

    [Test]
    public void Contributions_of_zero_are_told() =>
        Assert.That(TokenPicture.ToMarkdown(["a"], new Attribution([0])), Is.EqualTo("a \n\nThe contributions are all zero.\n"));
}
