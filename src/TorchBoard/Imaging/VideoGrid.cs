using TorchBoard.Drawing;

namespace TorchBoard.Imaging;

/// <summary>Lays videos of one size out in rows, frame by frame.</summary>
internal static class VideoGrid
{
    /// <param name="pictures">The frames, video after video.</param>
    /// <param name="frames">How many frames a video has.</param>
    /// <param name="columns">How many videos a row has at most.</param>
    /// <returns>As many pictures as a video has frames.</returns>
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
