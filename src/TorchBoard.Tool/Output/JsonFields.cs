namespace TorchBoard.Tool.Output;

/// <summary>The names and values of a JSON object, in order.</summary>
internal sealed class JsonFields : OrderedDictionary<string, object?>;
