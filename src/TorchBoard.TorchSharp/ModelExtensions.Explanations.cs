using TorchBoard.Imaging;
using TorchBoard.Interpretation;
using TorchBoard.Panels;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace TorchBoard;

public static partial class ModelExtensions
{
    /// <summary>
    /// Adds the contribution of each part of an input to a score to the Images dashboard: for pictures, drawn over the
    /// picture, green raises the score and red lowers it; for a vector, a bar for each feature.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>explanations/lime</c>.</param>
    /// <param name="model">
    /// The model; it takes one tensor and outputs scores, [N, classes], preferably before softmax. The options specify
    /// calls with more arguments and scores of other outputs.
    /// </param>
    /// <param name="input">
    /// A picture as model input, [1, C, H, W], or several, [N, C, H, W], drawn as a grid; or one vector, [1, features].
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="method">The method, with settings that suit pictures.</param>
    /// <param name="options">
    /// Class (the one with the highest score by default), the picture to draw over (derived from the input), feature
    /// names, batch size (32), seed and progress.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>The explanation of each picture, shape [C, H, W], or of the vector, shape [features].</returns>
    /// <remarks>
    /// The model is called in evaluation mode; each module's mode is restored. No hooks or tensors remain, and no
    /// gradient of a parameter changes. See <see cref="ModelScore"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, the input is neither pictures nor one vector, the class or method
    /// does not exist, the model does not output scores, or the number of names is not the number of features.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The score does not depend on the input differentiably, or a method for ReLUs finds no <c>nn.ReLU</c>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static IReadOnlyList<Attribution> AddExplanation(
        this SummaryWriter writer, string tag, nn.Module model, Tensor input, long step, ExplanationMethod method,
        ModelExplanationOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ModelExplanationOptions();
        return AddExplanations(
            writer, tag, model, input, step, score => score.Explain(method, options.Batches, cancellationToken),
            options, Titles.Of(method));
    }

    /// <inheritdoc cref="AddExplanation(SummaryWriter, string, nn.Module, Tensor, long, ExplanationMethod, ModelExplanationOptions?, CancellationToken)"/>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>explanations/lime</c>.</param>
    /// <param name="model">
    /// The model; it takes one tensor and outputs scores, [N, classes], preferably before softmax. The options specify
    /// calls with more arguments and scores of other outputs.
    /// </param>
    /// <param name="input">
    /// A picture as model input, [1, C, H, W], or several, [N, C, H, W], drawn as a grid; or one vector, [1, features].
    /// </param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="explain">
    /// Any method with any settings, such as
    /// <c>score =&gt; Occlusion.Explain(score.Predict, score.Input, score.Shape, [4, 4])</c>.
    /// </param>
    /// <param name="options">Class and picture; <paramref name="explain"/> determines the rest.</param>
    /// <param name="name">The method's name in the picture's title; empty by default.</param>
    public static IReadOnlyList<Attribution> AddExplanation(
        this SummaryWriter writer, string tag, nn.Module model, Tensor input, long step,
        Func<ModelScore, Attribution> explain, ModelExplanationOptions? options = null, string name = "") =>
        AddExplanations(writer, tag, model, input, step, explain, options, name);

    /// <summary>
    /// Adds the combined explanation of a picture or vector by several models to the Images dashboard: the mean
    /// explanation as <c>tag/mean</c>, its standard deviation over the models as <c>tag/deviation</c>, and the fraction
    /// of models whose sign differs from that of the mean as <c>tag/disagreement</c>.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="tag">The tag, such as <c>ensemble</c>.</param>
    /// <param name="models">The models, at least one; all have the same input and the same classes.</param>
    /// <param name="input">A picture as model input, [1, C, H, W], or a vector, [1, features].</param>
    /// <param name="step">The step; any 64-bit number.</param>
    /// <param name="method">The method, with settings that suit pictures.</param>
    /// <param name="options">
    /// Class (the one with the highest mean score by default), the picture to draw over (derived from the input), batch
    /// size (32) and seed.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Mean, standard deviation and disagreement, of the input's shape, and each model's explanation.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The tag is null, empty or not valid Unicode, there are no models, the input is not one picture or one vector,
    /// the class or method does not exist, or a model does not output scores.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A score does not depend on the input differentiably, or a method for ReLUs finds no <c>nn.ReLU</c>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public static EnsembleAttribution AddEnsembleExplanation(
        this SummaryWriter writer, string tag, IReadOnlyList<nn.Module> models, Tensor input, long step,
        ExplanationMethod method, ModelExplanationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(models);
        ThrowIfNoBatch(input);
        options ??= new ModelExplanationOptions();
        if (models.Count == 0)
            throw new ArgumentException("At least one model is required.", nameof(models));
        if (options.Forward is not null)
        {
            throw new ArgumentException(
                "Forward calls only one model. Wrap each model in a module that takes one tensor.",
                nameof(options));
        }

        ModelTarget? target = options.Target ?? ModelScore.GreatestMean(models, input);
        ModelScore[] scores = [.. models.Select(model => new ModelScore(model, input, target))];
        EnsembleAttribution ensemble = EnsembleAttribution.Explain(
            scores, score => score.Explain(method, options.Batches, cancellationToken),
            cancellationToken: cancellationToken);
        Picture? picture = InputPictures.Of(input, options);
        string of = $"{Titles.Of(method)} · {models.Count} models";
        string className = Titles.ClassOf(options, target);
        Add("mean", ensemble.Mean, "mean", null, null);
        Add("deviation", ensemble.StandardDeviation, "standard deviation", null, "deviation of the contribution");
        Add("disagreement", ensemble.Disagreement, "disagreement", 1, "fraction of models with the other sign");
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

    // One color is enough if there are no negative values.
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
                "The shape must be [N, C, H, W] or [N, H, W] for pictures, [1, C, H, W] for one picture, or "
                + $"[1, features] for a vector; was {TensorArgument.ShapeText(input)}. ModelScore explains inputs of "
                + "other shapes.",
                nameof(input));
        }
    }
}
