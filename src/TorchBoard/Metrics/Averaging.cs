namespace TorchBoard.Metrics;

/// <summary>How values of several classes are averaged.</summary>
/// <remarks>
/// The names are those of torchmetrics. Values of one class, its <c>none</c>, have methods of their own, such as
/// <see cref="ConfusionMatrix.F1Of"/>. scikit-learn's macro average includes classes that never occur.
/// </remarks>
public enum Averaging
{
    /// <summary>All decisions are counted together, regardless of class.</summary>
    Micro,

    /// <summary>
    /// The mean over classes with equal weights. Classes that never occur are omitted: for a confusion matrix, those that
    /// are neither true nor predicted; for a curve, those without one. Of multilabel metrics, only curves omit labels.
    /// </summary>
    Macro,

    /// <summary>The mean over classes, weighted by the number of items of each class.</summary>
    Weighted,
}
