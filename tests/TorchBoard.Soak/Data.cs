using System.Globalization;
using System.Numerics;
using TorchBoard.Imaging;

namespace TorchBoard.Soak;

/// <summary>What is added: a kind of data that differs from step to step, and repeats after <see cref="Cycle"/>.</summary>
/// <param name="Name">The first part of its tags.</param>
/// <param name="Weight">How often it is added.</param>
/// <param name="Add">Adds the data of a step, which is less than the cycle, under a tag at another step.</param>
internal sealed record Data(string Name, int Weight, Action<SummaryWriter, string, int, long> Add)
{
    public const int Cycle = 61;

    public static readonly Data[] All =
    [
        new("scalar", 400, (writer, tag, i, step) => writer.AddScalar(tag, i * 0.5f, step)),
        new("histogram", 40, (writer, tag, i, step) => writer.AddHistogram<float>(tag, [i, -i, i * i, 0.5f], step)),
        new("series", 40, (writer, tag, i, step) => writer.AddScalars<float>(tag, [("a", i), ("b", -1 - i)], step)),
        new("text", 20, (writer, tag, i, step) => writer.AddText(
            tag, string.Create(CultureInfo.InvariantCulture, $"text {i}"), step)),
        new("tensor", 20, (writer, tag, i, step) => writer.AddTensor<long>(tag, [i, i + 1, i + 2], step, [3])),
        new("image", 10, (writer, tag, i, step) => writer.AddImage<byte>(
            tag, Pixels(i), step, ImageLayout.Hwc, [16, 16, 3])),
        new("audio", 10, (writer, tag, i, step) => writer.AddAudio<float>(
            tag, [.. Enumerable.Range(0, 400).Select(t => MathF.Sin(t * i * 0.01f))], step, sampleRate: 8000)),
        new("mesh", 10, (writer, tag, i, step) => writer.AddMesh(
            tag, [new Vector3(i, 0, 0), new Vector3(0, i, 0), new Vector3(0, 0, i)], step, faces: [0, 1, 2])),
    ];

    private static readonly int TotalWeight = All.Sum(data => data.Weight);

    public static int Any(Random random)
    {
        int weight = random.Next(TotalWeight), index = 0;
        while ((weight -= All[index].Weight) >= 0)
            index++;
        return index;
    }

    public void AddAt(SummaryWriter writer, string tag, long step) => Add(writer, tag, (int)(step % Cycle), step);

    // Hard to compress, so that writes take several pages.
    private static byte[] Pixels(int i)
    {
        byte[] pixels = new byte[16 * 16 * 3];
        new Random(i).NextBytes(pixels);
        return pixels;
    }
}
