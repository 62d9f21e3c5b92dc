using TorchBoard;
using TorchBoard.Imaging;

namespace Dashboards;

/// <summary>Logs two simulations frame by frame: cells that live and die, and heat that spreads.</summary>
internal static class VideoDashboard
{
    public static void Write(SummaryWriter writer)
    {
        const int frames = 60;
        writer.Describe("video/life", "Game of Life", "Gosper's glider gun, two periods of 30 generations.");
        byte[] life = new GliderGun(96, 64).Play(frames);
        writer.AddVideo("video/life", life, 0, VideoLayout.Thw, [frames, 64, 96], framesPerSecond: 10);

        const int size = 64;
        writer.Describe("video/heat", "Heat equation", "Two hot spots on a plate whose edges are kept cold.");
        float[] heat = HeatPlate.Play(size, frames);
        writer.AddVideo("video/heat", heat, 0, VideoLayout.Tchw, [frames, 3, size, size], framesPerSecond: 12);
    }
}
