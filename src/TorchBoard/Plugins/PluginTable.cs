using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>
/// The plugins. The values of each one are encoded and decoded by the file of its name in this folder:
/// <see cref="Scalars"/> in <c>ScalarSummary.cs</c>, and so on.
/// </summary>
/// <remarks>
/// Each is created when it is first used, because most programs write few kinds of values. Two threads may both create
/// one; they are equal. The tool compiles this file too, to check the files of other writers.
/// </remarks>
internal static class PluginTable
{
    public static Plugin Scalars => field ??= new(
        "scalars",
        TagKind.Scalar,
        "scalars",
        DataClass.Scalar,
        RequiresDataClass: true,
        LegacyForm: ValueForm.SimpleValue,
        Tensor: new(
            "TensorBoard's fast reader drops scalars that are not of rank 0 and type float",
            (type, shape) => shape.Length == 0 && type == TensorType.Single,
            OneReaderShowsOthers: true));

    public static Plugin Histograms => field ??= new(
        "histograms",
        TagKind.Histogram,
        "histograms",
        DataClass.Tensor,
        RequiresDataClass: true,
        LegacyForm: ValueForm.Histogram,
        Tensor: new(
            "a histogram must be a tensor [buckets, 3] of type float or double",
            (type, shape) => shape is [_, 3] && IsFloat(type)));

    public static Plugin Images => field ??= new(
        "images",
        TagKind.Image,
        "images",
        DataClass.BlobSequence,
        RequiresDataClass: true,
        NamesBlobs: true,
        LegacyForm: ValueForm.Image,
        Tensor: new(
            "pictures must be a tensor [width, height, picture, …] of strings",
            (type, shape) => shape is [>= 2] && type == TensorType.String));

    public static Plugin Audio => field ??= new(
        "audio",
        TagKind.Audio,
        "audio clips",
        DataClass.BlobSequence,
        RequiresDataClass: true,
        NamesBlobs: true,
        LegacyForm: ValueForm.Audio,
        Tensor: new(
            "clips must be a tensor of strings of shape [k] or [k, 2]",
            (type, shape) => shape is [_] or [_, 2] && type == TensorType.String));

    public static Plugin Text => field ??= new(
        "text",
        TagKind.Text,
        "text",
        DataClass.Tensor,
        RequiresDataClass: true,
        Tensor: new("text must be a tensor of strings", (type, _) => type == TensorType.String));

    public static Plugin PrCurves => field ??= new(
        "pr_curves",
        TagKind.PrCurve,
        "PR curves",
        DataClass.Tensor,
        RequiresDataClass: true,
        Tensor: new("a PR curve must be a tensor [6, thresholds]", (_, shape) => shape is [6, _]));

    public static Plugin Meshes => field ??= new(
        "mesh",
        TagKind.Mesh,
        "meshes",
        DataClass.Tensor,
        Tensor: new("a part of a mesh must be a tensor [batch, points, 3]", (_, shape) => shape is [_, _, 3]));

    /// <summary>Metadata without a value; readers substitute a placeholder for the value.</summary>
    public static Plugin Hyperparameters => field ??= new("hparams", TagKind.Hyperparameters, "hyperparameters");

    public static Plugin CustomScalars =>
        field ??= new("custom_scalars", TagKind.None, "a layout of custom scalars", DataClass.Tensor);

    /// <summary>A Keras model, one string; one of the readers shows rank 0 only without a data class.</summary>
    public static Plugin KerasModels =>
        field ??= new("graph_keras_model", TagKind.None, "conceptual graphs", NamesBlobs: true);

    /// <summary>Tensors of any kind, which no dashboard shows. PyTorch writes this name.</summary>
    public static Plugin Tensors => field ??= new("tensor", TagKind.None, "tensors", DataClass.Tensor);

    /// <summary>Graphs, which are events of their own; the readers turn them into values of a fixed tag.</summary>
    public static Plugin Graphs => field ??= new("graphs", TagKind.None, "graphs", DataClass.BlobSequence);

    /// <summary>Execution statistics, which are events of their own; the readers turn them into values.</summary>
    public static Plugin RunMetadata =>
        field ??= new("graph_run_metadata", TagKind.None, "execution statistics", NamesBlobs: true);

    /// <summary>The name that the readers give to execution statistics that are events of their own.</summary>
    public static Plugin TaggedRunMetadata =>
        field ??= new("graph_tagged_run_metadata", TagKind.None, "execution statistics", DataClass.BlobSequence);

    /// <summary>Execution statistics with the graph that was executed, of TensorFlow 2.</summary>
    private const string RunMetadataWithGraph = "graph_run_metadata_graph";

    private static Plugin[] All => field ??=
    [
        Scalars, Histograms, Images, Audio, Text, PrCurves, Meshes, Hyperparameters, CustomScalars, KerasModels, Tensors,
    ];

    /// <summary>Returns the plugin of a name; null if it is unknown.</summary>
    public static Plugin? Named(string name) => Array.Find(All, plugin => plugin.Name == name);

    /// <summary>Returns the plugin that shows values of a form other than a tensor; null if there is none.</summary>
    public static Plugin? OfLegacy(ValueForm form) =>
        form == ValueForm.None ? null : Array.Find(All, plugin => plugin.LegacyForm == form);

    /// <summary>Returns the kind of a tag's values.</summary>
    /// <param name="plugin">The name of the plugin in the tag's metadata; empty if there is none.</param>
    /// <param name="form">The form of the tag's first value.</param>
    public static TagKind KindOf(string plugin, ValueForm form) => Named(plugin) switch
    {
        { Kind: not TagKind.None } known => known.Kind,
        _ when form == ValueForm.Tensor => TagKind.Tensor,
        _ => OfLegacy(form)?.Kind ?? TagKind.None,
    };

    /// <summary>
    /// Returns the data class that readers give to tensors of a plugin without a data class; Unknown if they show none.
    /// </summary>
    public static DataClass DataClassOf(string plugin)
    {
        if (plugin == Hyperparameters.Name)
            return DataClass.Tensor;
        if (plugin == KerasModels.Name || plugin == RunMetadata.Name || plugin == RunMetadataWithGraph)
            return DataClass.BlobSequence;
        return Named(plugin) is { } known && known != Tensors ? known.DataClass : DataClass.Unknown;
    }

    private static bool IsFloat(TensorType type) => type is TensorType.Single or TensorType.Double;
}
