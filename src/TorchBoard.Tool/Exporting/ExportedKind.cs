namespace TorchBoard.Tool.Exporting;

/// <summary>A kind of values, under the name of its file or data set.</summary>
internal sealed record ExportedKind(string Name, TagKind Kind)
{
    public static ExportedKind Scalars { get; } = new("scalars", TagKind.Scalar);

    public static ExportedKind Hyperparameters { get; } = new("hyperparameters", TagKind.Hyperparameters);

    /// <summary>All kinds, the most asked for first.</summary>
    public static IReadOnlyList<ExportedKind> All { get; } =
    [
        Scalars,
        Hyperparameters,
        new("histograms", TagKind.Histogram),
        new("pr_curves", TagKind.PrCurve),
        new("text", TagKind.Text),
        new("tensors", TagKind.Tensor),
        new("images", TagKind.Image),
        new("audio", TagKind.Audio),
        new("meshes", TagKind.Mesh),
    ];
}
