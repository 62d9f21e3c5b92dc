using TorchBoard.Indexing;

namespace TorchBoard.Server.Http;

/// <summary>The names of kinds of values in requests and answers.</summary>
internal static class SeriesKind
{
    public const string Scalar = "scalar";
    public const string Embedding = "embedding";

    /// <summary>The plugin of conceptual graphs.</summary>
    public const string Keras = "graph_keras_model";

    /// <summary>Returns the kind of a series; null if it belongs to another one and is not listed.</summary>
    public static string? Of(IndexedSeries series) => series.PluginName switch
    {
        _ when series.DataClass == SeriesDataClass.Scalar => Scalar,
        "histograms" => "histogram",
        "images" => "image",
        "audio" => "audio",
        "text" => "text",
        "pr_curves" => "prCurve",
        "mesh" => "mesh",
        "hparams" => "hyperparameters",
        "custom_scalars" => "customScalars",
        "tensor" => "tensor",
        "graphs" or Keras => "graph",
        "graph_run_metadata" or "graph_tagged_run_metadata" or "graph_run_metadata_graph" => null,
        _ => "other",
    };
}
