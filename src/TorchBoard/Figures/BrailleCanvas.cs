namespace TorchBoard.Figures;

/// <summary>A canvas of dots for a terminal. Each character is a pattern of 2 × 4 dots and has one owner.</summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    public const int DotsAcross = 2;
    public const int DotsDown = 4;
    public const int NoOwner = -1;

    private const char EmptyPattern = '\u2800';

    private readonly byte[] _patterns = new byte[columns * rows];
    private readonly int[] _owners = new int[columns * rows];

    public int Columns => columns;

    public int Rows => rows;

    /// <summary>The width in dots.</summary>
    public int Width => columns * DotsAcross;

    /// <summary>The height in dots.</summary>
    public int Height => rows * DotsDown;

    /// <summary>The bits of a cell's dots in Unicode's Braille patterns (U+2800).</summary>
    private static ReadOnlySpan<byte> Bits => [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

    /// <summary>Returns a cell's character; a space if it has no dot.</summary>
    public char CharacterAt(int column, int row)
    {
        byte pattern = _patterns[(row * columns) + column];
        return pattern == 0 ? ' ' : (char)(EmptyPattern + pattern);
    }

    /// <summary>Returns the owner that drew last in a cell.</summary>
    public int OwnerAt(int column, int row)
    {
        int cell = (row * columns) + column;
        return _patterns[cell] == 0 ? NoOwner : _owners[cell];
    }

    /// <summary>Draws a dot; dots outside the canvas are ignored.</summary>
    public void Dot(int x, int y, int owner)
    {
        if (x < 0 || y < 0 || x >= Width || y >= Height)
            return;
        int cell = (y / DotsDown * columns) + (x / DotsAcross);
        _patterns[cell] |= Bits[(y % DotsDown * DotsAcross) + (x % DotsAcross)];
        _owners[cell] = owner;
    }

    /// <summary>Draws a straight line including both ends (Bresenham's algorithm).</summary>
    public void Line((int X, int Y) from, (int X, int Y) to, int owner)
    {
        int across = Math.Abs(to.X - from.X);
        int down = -Math.Abs(to.Y - from.Y);
        int stepX = Math.Sign(to.X - from.X);
        int stepY = Math.Sign(to.Y - from.Y);
        int error = across + down;
        (int x, int y) = from;
        while (true)
        {
            Dot(x, y, owner);
            if (x == to.X && y == to.Y)
                return;
            int twice = 2 * error;
            if (twice >= down)
            {
                error += down;
                x += stepX;
            }

            if (twice <= across)
            {
                error += across;
                y += stepY;
            }
        }
    }

    /// <summary>Draws a small cross because a single dot is easily overlooked.</summary>
    public void Cross((int X, int Y) at, int owner)
    {
        Line((at.X - 1, at.Y), (at.X + 1, at.Y), owner);
        Line((at.X, at.Y - 1), (at.X, at.Y + 1), owner);
    }
}
