namespace TorchBoard;

/// <summary>What an event of an event file holds.</summary>
public enum EventContent
{
    /// <summary>Nothing that this library knows.</summary>
    None = 0,

    /// <summary>The version of the file's format, in the first event of each file.</summary>
    FileVersion = 3,

    /// <summary>A computation graph.</summary>
    Graph = 4,

    /// <summary>Values of tags.</summary>
    Summary = 5,

    /// <summary>That a session started, stopped or wrote a checkpoint.</summary>
    SessionLog = 7,

    /// <summary>Times and memory of one run of a graph.</summary>
    RunMetadata = 8,

    /// <summary>A TensorFlow MetaGraphDef.</summary>
    MetaGraph = 9,
}
