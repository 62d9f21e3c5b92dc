namespace TorchBoard.Drawing.Fonts;

/// <summary>Bounds the work for one glyph: a damaged or hostile font may refer to itself or count to millions.</summary>
internal sealed class OutlineBudget
{
    /// <summary>How deep parts and subroutines may be nested.</summary>
    public const int Depth = 10;

    private const int MostPoints = 10_000;
    private const int MostSteps = 50_000;

    private int _points = MostPoints;
    private int _steps = MostSteps;

    public void TakePoints(int count) => Take(ref _points, count);

    public void TakeSteps(int count) => Take(ref _steps, count);

    private static void Take(ref int left, int count)
    {
        left -= count;
        if (left < 0)
            throw new InvalidDataException("A glyph of it has no end.");
    }
}
