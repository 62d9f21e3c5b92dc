namespace Dashboards;

/// <summary>The heat equation on a square plate, by explicit finite differences.</summary>
internal static class HeatPlate
{
    // Diffusivity × time step / grid spacing²; stable up to 1/4.
    private const float Diffusion = 0.24f;
    private const int StepsPerFrame = 8;

    /// <summary>Returns frames of three channels, 0 to 1, channel by channel.</summary>
    public static float[] Play(int size, int frames)
    {
        float[] heat = new float[size * size];
        Warm(heat, size, size / 3, size / 3, size / 6);
        Warm(heat, size, 2 * size / 3, size / 2, size / 8);

        var pixels = new List<float>();
        for (int t = 0; t < frames; t++)
        {
            pixels.AddRange(heat.Select(h => Math.Clamp(2.5f * h, 0, 1)));
            pixels.AddRange(heat.Select(h => Math.Clamp((2.5f * h) - 1, 0, 1)));
            pixels.AddRange(heat.Select(h => Math.Clamp((5 * h) - 4, 0, 1)));
            for (int i = 0; i < StepsPerFrame; i++)
                heat = Spread(heat, size);
        }

        return [.. pixels];
    }

    private static void Warm(float[] heat, int size, int x, int y, int radius)
    {
        for (int i = 0; i < heat.Length; i++)
        {
            (int dx, int dy) = ((i % size) - x, (i / size) - y);
            if ((dx * dx) + (dy * dy) <= radius * radius)
                heat[i] = 1;
        }
    }

    private static float[] Spread(float[] heat, int size)
    {
        float[] next = new float[heat.Length];
        for (int y = 1; y < size - 1; y++)
        {
            for (int x = 1; x < size - 1; x++)
            {
                int i = (y * size) + x;
                float around = heat[i - 1] + heat[i + 1] + heat[i - size] + heat[i + size];
                next[i] = heat[i] + (Diffusion * (around - (4 * heat[i])));
            }
        }

        return next;
    }
}
