using TorchBoard.Interpretation;
using TorchBoard.Panels;

namespace TorchBoard.Tests.Interpretation;

internal sealed class TextAttributionTests
{
    private const double Tolerance = 1e-9;

    [Test]
    public void Words_of_a_text_are_explained_in_one_call()
    {
        TextAttribution words = TextAttribution.Explain(Sentiment, "The film was not good.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(words.Tokens, Is.EqualTo(new[] { "The", "film", "was", "not", "good", "." }));
            Assert.That(
                words.Attribution.Values.ToArray(), Is.EqualTo(new double[] { 0, 0, 0, -3, 1, 0 }).Within(Tolerance));
            Assert.That((words.Attribution.Score, words.Attribution.BaselineScore), Is.EqualTo((-2.0, 0.0)));
        }
    }

    [Test]
    public void Any_method_without_gradients_explains_them()
    {
        const string text = "not good at all";
        double[] Of(Func<Predict, float[], Attribution> explain) =>
            TextAttribution.Explain(Sentiment, text, explain).Attribution.Values.ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Of((predict, tokens) => ShapleyValues.Explain(predict, tokens)),
                Is.EqualTo(new double[] { -3, 1, 0, 0 }).Within(Tolerance));
            Assert.That(
                Of((predict, tokens) => Occlusion.Explain(predict, tokens, [], [1])), Is.EqualTo(new double[] { -6, -2, 0, 0 }));
            Assert.That(
                Of((predict, tokens) => FeatureAblation.Explain(predict, tokens)), Is.EqualTo(new double[] { -6, -2, 0, 0 }));

            // The best linear model of 4g − 6ng: each of n and g halves the other's product.
            Assert.That(
                Of((predict, tokens) => Lime.Explain(
                    predict, tokens, options: new() { Samples = 200_000, Ridge = 0, KernelWidth = 1000 })),
                Is.EqualTo(new double[] { -3, 1, 0, 0 }).Within(0.05));
        }
    }

    [Test]
    public void Chinese_and_Japanese_characters_are_tokens()
    {
        PredictTexts likes = (texts, scores) =>
        {
            for (int i = 0; i < texts.Count; i++)
                scores[i] = texts[i].Contains("好き", StringComparison.Ordinal) ? 2 : 0;
        };
        TextAttribution words = TextAttribution.Explain(likes, "猫が好き。");
        Assert.That(words.Tokens, Is.EqualTo(new[] { "猫", "が", "好", "き", "。" }));
        Assert.That(words.Attribution.Values.ToArray(), Is.EqualTo(new double[] { 0, 0, 1, 1, 0 }).Within(Tolerance));
    }

    [TestCase("Don't pay $3.50, e.g. now!", "Don't|pay|$|3.50|,|e.g|.|now|!")]
    [TestCase("  a\tb\r\nc ", "a|b|c")]
    [TestCase("한국어 텍스트", "한국어|텍스트")]
    [TestCase("GPT模型x2", "GPT|模|型|x2")]
    [TestCase("cafe\u0301 👩\u200d💻", "cafe\u0301|👩\u200d|💻")]
    [TestCase("𠀀𠀁", "𠀀|𠀁")]
    [TestCase("snake_case-word", "snake_case|-|word")]
    public void A_word_is_letters_and_digits_in_a_row_and_other_signs_are_alone(string text, string tokens) =>
        Assert.That(
            TextAttribution.Explain((texts, scores) => scores.Clear(), text).Tokens, Is.EqualTo(tokens.Split('|')));

    [Test]
    public void A_token_is_left_out_with_the_white_space_before_it()
    {
        List<string> seen = [];
        TextAttribution.Explain(
            (texts, scores) => seen.AddRange(texts), " The film\nwas bad.",
            (predict, tokens) => FeatureAblation.Explain(predict, tokens));
        Assert.That(
            seen,
            Is.EqualTo(new[]
            {
                " The film\nwas bad.", "film\nwas bad.", " The\nwas bad.", " The film bad.", " The film\nwas.",
                " The film\nwas bad",
            }));
    }

    [Test]
    public void Given_tokens_are_parts_of_the_text_and_can_be_replaced()
    {
        List<string> seen = [];
        TextAttribution words = TextAttribution.Explain(
            (texts, scores) => seen.AddRange(texts), "unbelievable film!",
            (predict, tokens) => FeatureAblation.Explain(predict, tokens), ["un", "believ", "able", "film"], "[MASK]");
        Assert.That(words.Tokens, Is.EqualTo(new[] { "un", "believ", "able", "film" }));
        Assert.That(
            seen,
            Is.EqualTo(new[]
            {
                "unbelievable film!", "[MASK]believable film!", "un[MASK]able film!", "unbeliev[MASK] film!",
                "unbelievable [MASK]!",
            }));
    }

    [Test]
    public void It_is_drawn_and_written_by_the_token_picture()
    {
        TextAttribution words = TextAttribution.Explain(Sentiment, "not good");
        Assert.That(
            TokenPicture.Draw(words).ToPng(), Is.EqualTo(TokenPicture.Draw(words.Tokens, words.Attribution).ToPng()));
        Assert.That(TokenPicture.ToMarkdown(words), Does.StartWith("🟥**not** 🟩good "));
    }

    [Test]
    public void Invalid_arguments_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refusal.Of("predict", () => TextAttribution.Explain(null!, "a"));
            Refusal.Of("text", () => TextAttribution.Explain(Sentiment, null!));
            Refusal.Of("text", () => TextAttribution.Explain(Sentiment, " \n"), "at least one token");
            Refusal.Of("text", () => TextAttribution.Explain(Sentiment, "a", tokens: []), "at least one token");
            Refusal.Of(
                "tokens", () => TextAttribution.Explain(Sentiment, "a b", tokens: ["b", "a"]), "token 1, 'a', is not in ''");
            Refusal.Of("tokens", () => TextAttribution.Explain(Sentiment, "a b", tokens: ["a", ""]), "token 1 is");
            Refusal.Of(
                "explain", () => TextAttribution.Explain(Sentiment, "a b", (_, _) => new Attribution([1])),
                "2 values, one per token; had 1");
            Refusal.Of("explain", () => TextAttribution.Explain(Sentiment, "a b", (_, _) => null!), "null");
            Refusal.Of(
                "predict", () => TextAttribution.Explain((texts, scores) => scores.Fill(double.NaN), "a b"), "NaN");
            Refusal.Of("text", () => TokenPicture.Draw(null!));
            Refusal.Of("text", () => TokenPicture.ToMarkdown(null!));
        }
    }

    // good +4, not good −2.
    private static void Sentiment(IReadOnlyList<string> texts, Span<double> scores)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            bool isGood = texts[i].Contains("good", StringComparison.Ordinal);
            scores[i] = !isGood ? 0 : texts[i].Contains("not", StringComparison.Ordinal) ? -2 : 4;
        }
    }
}
