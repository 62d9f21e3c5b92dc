using TorchBoard.Protos;

namespace TorchBoard.Summaries;

/// <summary>A point of a curve that has a description; all others go by way of ScalarEvent.</summary>
internal static class ScalarSummary
{
    public static Summary Of(string tag, float value) =>
        new() { Value = { new Summary.Types.Value { Tag = tag, SimpleValue = value } } };
}
