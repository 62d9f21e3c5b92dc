using ContourPoint = TorchBoard.Drawing.GlyphOutline.ContourPoint;

namespace TorchBoard.Drawing.Fonts;

/// <summary>TrueType outlines: the tables loca and glyf.</summary>
internal sealed class TrueTypeOutlines(
    FontData data, (long At, long Length) loca, (long At, long Length) glyf, bool isLong) : IOutlines
{
    /// <summary>The cost of one part of a composite glyph in steps of the budget; allows 500 parts.</summary>
    private const int StepsOfPart = 100;

    public GlyphOutline Read(int glyph) => Read(glyph, new OutlineBudget(), 0);

    private GlyphOutline Read(int glyph, OutlineBudget budget, int depth)
    {
        int size = isLong ? 4 : 2;
        long place = (long)size * glyph;
        if (depth > OutlineBudget.Depth || place + (2 * size) > loca.Length)
            throw new InvalidDataException("A composite glyph is nested too deeply or refers to a missing glyph.");
        FontTable places = data.Read(loca.At + place, 2 * size);
        long start = isLong ? places.UInt32(0) : 2 * places.UInt16(0);
        long end = isLong ? places.UInt32(4) : 2 * places.UInt16(2);
        if (start == end)
            return GlyphOutline.Empty;
        if (start > end || end > glyf.Length)
            throw new InvalidDataException("The table glyf is truncated.");

        const int header = 10;
        FontTable table = data.Read(glyf.At + start, end - start);
        int contours = table.Int16(0);
        return new GlyphOutline(contours >= 0
            ? ReadSimple(table, header, contours, budget)
            : ReadComposite(table, header, budget, depth));
    }

    private static List<ContourPoint[]> ReadSimple(FontTable table, int at, int contours, OutlineBudget budget)
    {
        const int onCurve = 1;
        const int repeated = 8;
        var outline = new List<ContourPoint[]>();
        if (contours == 0)
            return outline;
        int points = table.UInt16(at + (2 * contours) - 2) + 1;
        budget.TakePoints(points);
        int ends = at;
        at += 2 * contours;
        at += 2 + table.UInt16(at);

        byte[] flags = new byte[points];
        for (int i = 0; i < points; i++)
        {
            byte flag = table.Byte(at++);
            int times = (flag & repeated) != 0 ? table.Byte(at++) : 0;
            flags.AsSpan(i, Math.Min(times + 1, points - i)).Fill(flag);
            i += times;
        }

        int[] x = ReadCoordinates(table, ref at, flags, isShort: 2, isSameOrPositive: 16);
        int[] y = ReadCoordinates(table, ref at, flags, isShort: 4, isSameOrPositive: 32);
        int first = 0;
        for (int c = 0; c < contours; c++)
        {
            int next = table.UInt16(ends + (2 * c)) + 1;
            if (next < first || next > points)
                throw new InvalidDataException("The contours of a glyph are out of order.");
            if (next == first)
                continue;
            outline.Add([.. Enumerable.Range(first, next - first)
                .Select(i => new ContourPoint(x[i], y[i], (flags[i] & onCurve) != 0))]);
            first = next;
        }

        return outline;
    }

    /// <summary>Reads coordinates, stored as differences of 0 to 2 bytes from the previous coordinate.</summary>
    private static int[] ReadCoordinates(
        FontTable table, ref int at, byte[] flags, int isShort, int isSameOrPositive)
    {
        int[] coordinates = new int[flags.Length];
        int value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            bool same = (flags[i] & isSameOrPositive) != 0;
            if ((flags[i] & isShort) != 0)
            {
                value += same ? table.Byte(at) : -table.Byte(at);
                at++;
            }
            else if (!same)
            {
                value += table.Int16(at);
                at += 2;
            }

            coordinates[i] = value;
        }

        return coordinates;
    }

    /// <summary>Reads a glyph composed of other glyphs, moved and scaled, such as an accented letter.</summary>
    private List<ContourPoint[]> ReadComposite(FontTable table, int at, OutlineBudget budget, int depth)
    {
        const int wordArguments = 1;
        const int argumentsAreOffsets = 2;
        const int oneScale = 8;
        const int moreParts = 32;
        const int twoScales = 64;
        const int fullMatrix = 128;

        var contours = new List<ContourPoint[]>();
        int flags;
        do
        {
            budget.TakeSteps(StepsOfPart);
            flags = table.UInt16(at);
            int part = table.UInt16(at + 2);
            at += 4;
            (double moveX, double moveY) = (flags & wordArguments) != 0
                ? (table.Int16(at), table.Int16(at + 2))
                : ((sbyte)table.Byte(at), (sbyte)table.Byte(at + 1));
            if ((flags & argumentsAreOffsets) == 0)
                (moveX, moveY) = (0, 0);
            at += (flags & wordArguments) != 0 ? 4 : 2;

            (double xx, double xy, double yx, double yy) = (1, 0, 0, 1);
            if ((flags & oneScale) != 0)
            {
                xx = yy = Fraction(table, ref at);
            }
            else if ((flags & twoScales) != 0)
            {
                xx = Fraction(table, ref at);
                yy = Fraction(table, ref at);
            }
            else if ((flags & fullMatrix) != 0)
            {
                xx = Fraction(table, ref at);
                xy = Fraction(table, ref at);
                yx = Fraction(table, ref at);
                yy = Fraction(table, ref at);
            }

            foreach (ContourPoint[] contour in Read(part, budget, depth + 1).Contours)
            {
                contours.Add([.. contour.Select(p => p with
                {
                    X = (xx * p.X) + (yx * p.Y) + moveX,
                    Y = (xy * p.X) + (yy * p.Y) + moveY,
                })]);
            }
        }
        while ((flags & moreParts) != 0);
        return contours;
    }

    private static double Fraction(FontTable table, ref int at)
    {
        const double one = 1 << 14;
        double value = table.Int16(at) / one;
        at += 2;
        return value;
    }
}
