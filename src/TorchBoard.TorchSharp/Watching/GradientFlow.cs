using TorchBoard.Figures;

namespace TorchBoard.Watching;

/// <summary>Draws the mean and the largest |g| of parameters, without waiting for a device.</summary>
internal static class GradientFlow
{
    public static void Add(SummaryWriter writer, string tag, string[] names, Magnitudes magnitudes, long step)
    {
        if (!writer.IsEnabled)
            return;
        Func<(float[] Means, float[] Greatest)> flow = magnitudes.TakeFlow();
        writer.AddDeferredFigure(tag, Draw, step, height: HeightOf(names.Length));

        Figure Draw()
        {
            (float[] means, float[] greatest) = flow();
            return Figure.GradientFlow<float>(names, means, greatest);
        }
    }

    // A line of text for each parameter, within limits.
    private static int HeightOf(int parameters) => Math.Clamp(100 + (18 * parameters), 240, 4096);
}
