using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Arranges videos of equal size in a grid, frame by frame.</summary>
internal static class VideoGrid
{
    /// <param name="pictures">The frames of all videos, one video after another.</param>
    /// <param name="frames">Number of frames per video.</param>
    /// <param name="columns">Maximum number of videos per row.</param>
    /// <returns>One picture per frame.</returns>
    public static Raster[] Of(Raster[] pictures, int frames, int columns)
    {
        int videos = pictures.Length / frames;
        if (videos == 1)
            return pictures;

        var grid = new Raster[frames];
        var moment = new Raster[videos];
        for (int t = 0; t < frames; t++)
        {
            for (int n = 0; n < videos; n++)
                moment[n] = pictures[(n * frames) + t];
            grid[t] = GridPlan.Compact(moment, columns);
        }

        return grid;
    }
}
