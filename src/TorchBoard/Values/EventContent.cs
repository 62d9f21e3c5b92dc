namespace TorchBoard;

/// <summary>The type of an event's content.</summary>
public enum EventContent
{
    /// <summary>Unknown to this library.</summary>
    None = 0,

    /// <summary>The version of the file format, in the first event of each file.</summary>
    FileVersion = 3,

    /// <summary>A computation graph.</summary>
    Graph = 4,

    /// <summary>Values of tags.</summary>
    Summary = 5,

    /// <summary>The start, stop or checkpoint of a session.</summary>
    SessionLog = 7,

    /// <summary>Times and memory of one execution of a graph.</summary>
    RunMetadata = 8,

    /// <summary>A TensorFlow MetaGraphDef.</summary>
    MetaGraph = 9,
}
