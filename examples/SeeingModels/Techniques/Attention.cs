using SeeingModels.Models;
using TorchBoard;
using TorchBoard.Interpretation;
using TorchBoard.Probing;
using static TorchSharp.torch;

namespace SeeingModels.Techniques;

/// <summary>Shows which letter a network looks at for each letter that it writes.</summary>
internal static class Attention
{
    private const string Word = "TORCHSHARP";

    /// <summary>
    /// To write a word backwards, the first letter must look at the last, and so on: an antidiagonal.
    /// </summary>
    public static void Show(SummaryWriter writer, WordReverser reverser)
    {
        (string written, Tensor weights) = reverser.Reverse(Word);
        string[] queries = [.. written.Select(letter => $"{letter}")];
        string[] keys = [.. Word.Select(letter => $"{letter}")];
        writer.AddAttention("attention/written", weights, 0, queries, keys);

        // The module itself returns the mean of its heads.
        Tensor states = reverser.States(Word);
        AttentionMaps heads = ModelAttention.Of(reverser.Attention, states, states, WordReverser.Heads)[0];
        writer.AddAttention("attention/heads", heads, 0, queries, keys);
    }
}
