using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class ModelExtensions
{
    /// <summary>
    /// Adds what each part of an input contributes to a score to the Images dashboard: drawn over a picture, green what
    /// speaks for the class and red what speaks against it; of a vector, a bar for each feature.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>explanations/lime</c>.</param>
    /// <param name="model">
    /// The model; it takes one tensor and puts out scores, [N, classes], best before softmax. Options say how other
    /// models are called, and what is explained of other outputs.
    /// </param>
    /// <param name="input">
    /// A picture as the model takes it, [1, C, H, W], or several, [N, C, H, W], drawn as a grid; or one vector,
    /// [1, features].
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="method">The method, with settings that suit pictures.</param>
    /// <param name="options">
    /// Class (that with the greatest score by default), the picture to draw over (made of the input), names of features,
    /// batch size (32), seed and progress.
    /// </param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>The explanation of each picture, shape [C, H, W], or that of the vector, shape [features].</returns>
    /// <remarks>
    /// The model is called in evaluation mode, and each module gets back its mode; no hook and no tensor stays, and no
    /// gradient of a parameter changes. See <see cref="ModelScore"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, the input is neither pictures nor one vector, there is no such class
    /// or method, the model puts out no scores, or there are not as many names as features.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Autograd finds no way from the score to the input, or a method for ReLUs finds no <c>nn.ReLU</c>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static IReadOnlyList<Attribution> AddExplanation(
        this SummaryWriter writer, string tag, nn.Module model, Tensor input, long step, ExplanationMethod method,
        ModelExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ModelExplanationOptions();
        return AddExplanations(
            writer, tag, model, input, step, score => score.Explain(method, options.Batches, cancellationToken), options,
            Titles.Of(method));
    }

    /// <inheritdoc cref="AddExplanation(SummaryWriter, string, nn.Module, Tensor, long, ExplanationMethod, ModelExplanationOptions?, CancellationToken)"/>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>explanations/lime</c>.</param>
    /// <param name="model">
    /// The model; it takes one tensor and puts out scores, [N, classes], best before softmax. Options say how other
    /// models are called, and what is explained of other outputs.
    /// </param>
    /// <param name="input">
    /// A picture as the model takes it, [1, C, H, W], or several, [N, C, H, W], drawn as a grid; or one vector,
    /// [1, features].
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="explain">
    /// Any method with any settings, such as
    /// <c>score =&gt; Occlusion.Explain(score.Predict, score.Input, score.Shape, [4, 4])</c>.
    /// </param>
    /// <param name="options">Class and picture; the rest is up to <paramref name="explain"/>.</param>
    /// <param name="name">What the method is called in the picture's title; nothing by default.</param>
    public static IReadOnlyList<Attribution> AddExplanation(
        this SummaryWriter writer, string tag, nn.Module model, Tensor input, long step,
        Func<ModelScore, Attribution> explain, ModelExplanationOptions? options = null, string name = "") =>
        AddExplanations(writer, tag, model, input, step, explain, options, name);

    /// <summary>
    /// Adds what several models have in common in explaining a picture or a vector, and where they differ, to the Images dashboard:
    /// the mean explanation as <c>tag/mean</c>, its standard deviation over the models as <c>tag/deviation</c> and the
    /// share of models whose sign is another than the mean's as <c>tag/disagreement</c>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>ensemble</c>.</param>
    /// <param name="models">The models, at least one; all take the same input and know the same classes.</param>
    /// <param name="input">A picture as the models take it, [1, C, H, W], or a vector, [1, features].</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="method">The method, with settings that suit pictures.</param>
    /// <param name="options">
    /// Class (that with the greatest mean score by default), the picture to draw over (made of the input), batch size
    /// (32) and seed.
    /// </param>
    /// <param name="cancellationToken">Stops the work before the next batch.</param>
    /// <returns>Mean, spread and disagreement, of the input's shape, and each model's explanation.</returns>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or no valid Unicode, there is no model, the input is neither a picture nor a vector, or
    /// is one of several, there is no such class or method, or a model puts out no scores.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// Autograd finds no way from a score to the input, or a method for ReLUs finds no <c>nn.ReLU</c>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static EnsembleAttribution AddEnsembleExplanation(
        this SummaryWriter writer, string tag, IReadOnlyList<nn.Module> models, Tensor input, long step,
        ExplanationMethod method, ModelExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(models);
        ThrowIfNoBatch(input);
        options ??= new ModelExplanationOptions();
        if (models.Count == 0)
            throw new ArgumentException("There is no model; at least one is wanted.", nameof(models));
        if (options.Forward is not null)
        {
            throw new ArgumentException(
                "Forward calls one model, and there may be several. Put each into a module that takes one tensor.",
                nameof(options));
        }

        ModelTarget? target = options.Target ?? ModelScore.GreatestMean(models, input);
        ModelScore[] scores = [.. models.Select(model => new ModelScore(model, input, target))];
        EnsembleAttribution ensemble = EnsembleAttribution.Explain(
            scores, score => score.Explain(method, options.Batches, cancellationToken), cancellationToken: cancellationToken);
        Picture? picture = InputPictures.Of(input, options);
        string of = $"{Titles.Of(method)} · {models.Count} models";
        string className = Titles.ClassOf(options, target);
        Add("mean", ensemble.Mean, "mean", null, null);
        Add("deviation", ensemble.StandardDeviation, "standard deviation", null, "deviation of the contribution");
        Add("disagreement", ensemble.Disagreement, "disagreement", 1, "share of models of the other sign");
        return ensemble;

        void Add(string part, Attribution attribution, string name, double? end, string? label) => writer.AddImage(
            $"{tag}/{part}",
            AttributionPicture.Draw(attribution, picture, new AttributionPictureOptions
            {
                Method = $"{of}, {name}",
                Class = className,
                Score = ensemble.Mean.Score,
                Sign = SignOf([attribution]),
                ScaleEnd = end,
                ScaleLabel = label,
                FeatureNames = options.FeatureNames,
            }),
            step);
    }

    private static Attribution[] AddExplanations(
        SummaryWriter writer, string tag, nn.Module model, Tensor input, long step,
        Func<ModelScore, Attribution> explain, ModelExplanationOptions? options, string method)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(explain);
        ArgumentNullException.ThrowIfNull(method, "name");
        ThrowIfNoBatch(input);
        options ??= new ModelExplanationOptions();
        if (input.dim() == 2)
            return [AddVectorExplanation(writer, tag, model, input, step, explain, options, method)];
        var explained = new ExplainedPicture[input.shape[0]];
        for (int n = 0; n < explained.Length; n++)
        {
            using Tensor one = input.narrow(0, n, 1);
            var score = new ModelScore(model, one, options.Target, options.Forward);
            explained[n] = new ExplainedPicture(
                explain(score), InputPictures.Of(one, options), Titles.ClassOf(options, score.Target), score.Score);
        }

        Attribution[] attributions = [.. explained.Select(one => one.Attribution)];
        var how = new AttributionPictureOptions { Method = method, Sign = SignOf(attributions) };
        writer.AddImage(tag, AttributionPicture.Draw(explained, how), step);
        return attributions;
    }

    private static Attribution AddVectorExplanation(
        SummaryWriter writer, string tag, nn.Module model, Tensor input, long step,
        Func<ModelScore, Attribution> explain, ModelExplanationOptions options, string method)
    {
        var score = new ModelScore(model, input, options.Target, options.Forward);
        Attribution attribution = explain(score);
        var how = new AttributionPictureOptions
        {
            Method = method,
            Class = Titles.ClassOf(options, score.Target),
            Score = score.Score,
            FeatureNames = options.FeatureNames,
        };
        writer.AddAttribution(tag, attribution, step, options: how);
        return attribution;
    }

    // Where nothing speaks against, there is no need for two colors.
    private static AttributionSign SignOf(IReadOnlyList<Attribution> attributions) =>
        attributions.All(one => !one.Values.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon))
            ? AttributionSign.Positive
            : AttributionSign.Both;

    private static void ThrowIfNoBatch(Tensor input)
    {
        TensorArgument.ThrowIfUnreadable(input, nameof(input));
        if (input.dim() is not (2 or 3 or 4))
        {
            throw new ArgumentException(
                "Pictures are [N, C, H, W] or [N, H, W], a single one [1, C, H, W], a vector is [1, features]; the shape "
                + $"is {TensorArgument.ShapeText(input)}. ModelScore explains inputs of other shapes.",
                nameof(input));
        }
    }
}
