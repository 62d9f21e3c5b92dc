namespace TorchBoard;

/// <summary>The kind of a tag's values.</summary>
public enum TagKind
{
    /// <summary>Unknown to this library.</summary>
    None,

    /// <summary>Numbers: <see cref="RunLog.Scalars"/>.</summary>
    Scalar,

    /// <summary>Distributions: <see cref="RunLog.Histograms"/>.</summary>
    Histogram,

    /// <summary>Encoded pictures: <see cref="RunLog.Images"/>.</summary>
    Image,

    /// <summary>Audio clips: <see cref="RunLog.Audio"/>.</summary>
    Audio,

    /// <summary>Text or tables of text: <see cref="RunLog.Text"/>.</summary>
    Text,

    /// <summary>Precision-recall curves: <see cref="RunLog.PrCurves"/>.</summary>
    PrCurve,

    /// <summary>One part of a mesh: <see cref="RunLog.Meshes"/>.</summary>
    Mesh,

    /// <summary>Hyperparameters of a trial: <see cref="RunLog.Hyperparameters"/>.</summary>
    Hyperparameters,

    /// <summary>Any other tensor: <see cref="RunLog.Tensors"/>.</summary>
    Tensor,
}
