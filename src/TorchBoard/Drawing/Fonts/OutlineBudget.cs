namespace TorchBoard.Drawing.Fonts;

/// <summary>Bounds the work for one glyph: a hostile font can nest parts without end.</summary>
internal sealed class OutlineBudget
{
    /// <summary>The maximum nesting of parts and subroutines.</summary>
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
            throw new InvalidDataException("A glyph is too complex.");
    }
}
