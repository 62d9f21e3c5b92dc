namespace TorchBoard.Interpretation;

/// <summary>Numbers the connected parts of a picture's groups and merges small parts into a neighbor.</summary>
internal static class ConnectedParts
{
    private const int None = -1;

    public static int[] Of(int[] groups, int height, int width, int smallest)
    {
        int[] parts = new int[groups.Length];
        Array.Fill(parts, None);
        var members = new List<int>();
        int count = 0;
        for (int pixel = 0; pixel < groups.Length; pixel++)
        {
            if (parts[pixel] != None)
                continue;

            int neighbor = Fill(pixel, count);
            if (members.Count >= smallest || neighbor == None)
            {
                count++;
                continue;
            }

            foreach (int member in members)
                parts[member] = neighbor;
        }

        return parts;

        // Fills the part that a pixel belongs to; returns an adjacent part that already has a number.
        int Fill(int first, int number)
        {
            int neighbor = None;
            members.Clear();
            members.Add(first);
            parts[first] = number;
            for (int next = 0; next < members.Count; next++)
            {
                (int y, int x) = Math.DivRem(members[next], width);
                Visit(y - 1, x);
                Visit(y + 1, x);
                Visit(y, x - 1);
                Visit(y, x + 1);
            }

            return neighbor;

            void Visit(int y, int x)
            {
                int pixel = (y * width) + x;
                if (y < 0 || y >= height || x < 0 || x >= width || parts[pixel] == number)
                    return;
                if (parts[pixel] != None)
                {
                    neighbor = parts[pixel];
                }
                else if (groups[pixel] == groups[first])
                {
                    parts[pixel] = number;
                    members.Add(pixel);
                }
            }
        }
    }
}
