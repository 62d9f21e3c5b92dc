namespace Dashboards;

/// <summary>Conway's Game of Life with Gosper's gun, which fires a glider every 30 generations.</summary>
internal sealed class GliderGun
{
    private static readonly string[] Gun =
    [
        "........................O...........",
        "......................O.O...........",
        "............OO......OO............OO",
        "...........O...O....OO............OO",
        "OO........O.....O...OO..............",
        "OO........O...O.OO....O.O...........",
        "..........O.....O.......O...........",
        "...........O...O....................",
        "............OO......................",
    ];

    private readonly int _width;
    private readonly int _height;
    private bool[,] _alive;

    public GliderGun(int width, int height)
    {
        (_width, _height, _alive) = (width, height, new bool[height, width]);
        for (int y = 0; y < Gun.Length; y++)
        {
            for (int x = 0; x < Gun[y].Length; x++)
                _alive[y + 4, x + 4] = Gun[y][x] == 'O';
        }
    }

    /// <summary>Returns the generations in order, row by row; 255 is a living cell.</summary>
    public byte[] Play(int generations)
    {
        byte[] frames = new byte[generations * _height * _width];
        for (int t = 0, to = 0; t < generations; t++)
        {
            foreach (bool cell in _alive)
                frames[to++] = cell ? byte.MaxValue : byte.MinValue;
            Step();
        }

        return frames;
    }

    private void Step()
    {
        bool[,] next = new bool[_height, _width];
        for (int y = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++)
                next[y, x] = Neighbors(x, y) is int n && (n == 3 || (n == 2 && _alive[y, x]));
        }

        _alive = next;
    }

    private int Neighbors(int x, int y)
    {
        int count = 0;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                bool inside = y + dy >= 0 && y + dy < _height && x + dx >= 0 && x + dx < _width;
                if ((dx != 0 || dy != 0) && inside && _alive[y + dy, x + dx])
                    count++;
            }
        }

        return count;
    }
}
