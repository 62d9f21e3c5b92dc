namespace TorchBoard.Interpretation;

/// <summary>
/// The explanation of a text: how much each of its words contributes to a score. Immutable, thread-safe.
/// </summary>
/// <remarks><c>TokenPicture</c> draws it as colored text, and writes it for the Text dashboard.</remarks>
public sealed class TextAttribution
{
    private readonly string[] _tokens;

    private TextAttribution(string[] tokens, Attribution attribution) => (_tokens, Attribution) = (tokens, attribution);

    /// <summary>The tokens: words, or those that were given.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The contribution of each token: shape [tokens].</summary>
    public Attribution Attribution { get; }

    /// <summary>Explains a score of a text by leaving out its tokens.</summary>
    /// <remarks>
    /// Letters and digits in a row are a word; each other sign, and each Chinese or Japanese character, is a token of its
    /// own. A token is left out with the white space before it.
    /// </remarks>
    /// <param name="predict">The model.</param>
    /// <param name="text">The text; at least one token.</param>
    /// <param name="explain">
    /// Explains an input with one number per token, by any method that needs no gradients: <c>(predict, tokens) =&gt;
    /// Lime.Explain(predict, tokens)</c>, <c>ShapleySampling.Explain(predict, tokens)</c> or, for one token after the
    /// other, <c>Occlusion.Explain(predict, tokens, [], [1])</c>. <see cref="KernelShap"/> by default, which is exact up
    /// to 11 tokens.
    /// </param>
    /// <param name="tokens">
    /// The tokens, as a tokenizer of the model returns them: parts of the text in its order. Parts between them are never
    /// left out. Words by default.
    /// </param>
    /// <param name="replacement">
    /// The text in place of a token that is left out, such as <c>[MASK]</c>; empty by default, which removes it.
    /// </param>
    /// <returns>A contribution for each token, in units of the score.</returns>
    /// <exception cref="ArgumentException">
    /// The text has no tokens, a token is empty or is not in the rest of the text, the explanation has another number of
    /// values, or the model returned a score that is not finite.
    /// </exception>
    /// <example>
    /// <code>
    /// TextAttribution words = TextAttribution.Explain(predict, "The film was not bad.");
    /// writer.AddImage("words", TokenPicture.Draw(words), step);
    /// writer.AddText("words/text", TokenPicture.ToMarkdown(words), step);
    /// </code>
    /// </example>
    public static TextAttribution Explain(
        PredictTexts predict, string text, Func<Predict, float[], Attribution>? explain = null,
        IReadOnlyList<string>? tokens = null, string replacement = "")
    {
        ArgumentNullException.ThrowIfNull(predict);
        ArgumentNullException.ThrowIfNull(replacement);
        var split = TextTokens.Of(text, tokens);
        explain ??= (model, input) => KernelShap.Explain(model, input);
        float[] all = new float[split.Count];
        Array.Fill(all, 1);
        Attribution attribution = explain(Texts, all)
            ?? throw new ArgumentException("The explanation is null.", nameof(explain));
        if (attribution.Values.Length != split.Count)
        {
            throw new ArgumentException(
                $"The explanation must have {split.Count} values, one per token; had {attribution.Values.Length}.",
                nameof(explain));
        }

        return new TextAttribution(split.Tokens, attribution);

        void Texts(ReadOnlySpan<float> inputs, int count, Span<double> scores)
        {
            string[] texts = new string[count];
            for (int i = 0; i < count; i++)
                texts[i] = split.Without(inputs.Slice(i * split.Count, split.Count), replacement);
            predict(texts, scores);
        }
    }
}
