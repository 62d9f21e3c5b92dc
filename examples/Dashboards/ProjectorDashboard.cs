using System.Globalization;
using System.Numerics.Tensors;
using TorchBoard;
using TorchBoard.Embeddings;
using TorchBoard.Imaging;

namespace Dashboards;

/// <summary>Logs handwritten digits as points in the space of their 64 pixels, each with its image.</summary>
internal static class ProjectorDashboard
{
    public static void Write(SummaryWriter writer, Digits digits)
    {
        writer.AddEmbedding("digits", digits.Pixels, 0, Digits.Size, new EmbeddingOptions
        {
            Labels = [.. digits.Labels.Select(label => label.ToString(CultureInfo.InvariantCulture))],
            Columns = [new EmbeddingColumn("ink", [.. Enumerable.Range(0, digits.Count).Select(i => Ink(digits, i))])],
            Sprites = EmbeddingSprites.Of(digits.Pixels, ImageLayout.Nhw, [digits.Count, Digits.Side, Digits.Side]),
        });
    }

    private static string Ink(Digits digits, int index) =>
        TensorPrimitives.Sum(digits.Picture(index)).ToString("F1", CultureInfo.InvariantCulture);
}
