namespace TorchBoard.Interpretation;

public sealed partial class Attribution
{
    /// <summary>Explains the scores of several classes with the calls of the model that one class needs.</summary>
    /// <remarks>
    /// The inputs at which a method evaluates the model do not depend on its scores. The scores of all classes are kept
    /// for the next class: 8 bytes for each input and class. If a method evaluates other inputs for another class, such as
    /// with another seed, the model is called for them.
    /// </remarks>
    /// <param name="predict">The model.</param>
    /// <param name="classes">The number of classes; at least 1.</param>
    /// <param name="explain">
    /// Explains one score, by any method that needs no gradients: <c>predict =&gt; KernelShap.Explain(predict,
    /// input)</c>. It is called for each class.
    /// </param>
    /// <returns>An attribution per class.</returns>
    /// <exception cref="ArgumentException">
    /// The number of classes is less than 1, an explanation is null, or the model returned a score that is not finite.
    /// </exception>
    public static Attribution[] ExplainClasses(
        PredictClasses predict, int classes, Func<Predict, Attribution> explain)
    {
        ArgumentNullException.ThrowIfNull(explain);
        var scores = new ClassScores(predict, classes);
        var attributions = new Attribution[scores.Classes];
        for (int label = 0; label < attributions.Length; label++)
        {
            attributions[label] = explain(scores.Of(label))
                ?? throw new ArgumentException($"The explanation of class {label} is null.", nameof(explain));
        }

        return attributions;
    }
}
