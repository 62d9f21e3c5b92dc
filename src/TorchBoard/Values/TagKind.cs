namespace TorchBoard;

/// <summary>What the values of a tag are.</summary>
public enum TagKind
{
    /// <summary>Nothing that this library knows.</summary>
    None,

    /// <summary>Numbers: <see cref="RunLog.Scalars"/>.</summary>
    Scalar,

    /// <summary>Distributions: <see cref="RunLog.Histograms"/>.</summary>
    Histogram,

    /// <summary>Encoded pictures: <see cref="RunLog.Images"/>.</summary>
    Image,

    /// <summary>Sound clips: <see cref="RunLog.Audio"/>.</summary>
    Audio,

    /// <summary>Text or tables of text: <see cref="RunLog.Text"/>.</summary>
    Text,

    /// <summary>Precision-recall curves: <see cref="RunLog.PrCurves"/>.</summary>
    PrCurve,

    /// <summary>One part of a mesh: <see cref="RunLog.Meshes"/>.</summary>
    Mesh,

    /// <summary>What a trial was run with: <see cref="RunLog.Hyperparameters"/>.</summary>
    Hyperparameters,

    /// <summary>Any other array: <see cref="RunLog.Tensors"/>.</summary>
    Tensor,
}
