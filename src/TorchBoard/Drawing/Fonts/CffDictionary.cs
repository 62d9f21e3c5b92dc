namespace TorchBoard.Drawing.Fonts;

/// <summary>A DICT of a CFF table: operators with integer operands.</summary>
internal sealed class CffDictionary
{
    public const int Private = 18;
    public const int CharStrings = 17;
    public const int Subroutines = 19;
    public const int CharstringType = 0x0C06;
    public const int FontArray = 0x0C24;
    public const int FontSelect = 0x0C25;

    private const int EscapeOperator = 12;
    private const int LastOperator = 21;

    private readonly Dictionary<int, List<long>> _operands = [];

    public CffDictionary(FontTable table)
    {
        var operands = new List<long>();
        for (int at = 0; at < table.Length;)
        {
            int first = table.Byte(at++);
            if (first <= LastOperator)
            {
                int key = first == EscapeOperator ? (EscapeOperator << 8) | table.Byte(at++) : first;
                _operands[key] = operands;
                operands = [];
            }
            else
            {
                operands.Add(ReadNumber(table, first, ref at));
            }
        }
    }

    /// <summary>The first operand of an operator, or the one at an index; null if there is none.</summary>
    public long? this[int key, int i = 0] =>
        _operands.TryGetValue(key, out List<long>? operands) && i < operands.Count ? operands[i] : null;

    private static long ReadNumber(FontTable table, int first, ref int at)
    {
        const int word = 28;
        const int doubleWord = 29;
        const int real = 30;
        switch (first)
        {
            case word:
                at += 2;
                return table.Int16(at - 2);
            case doubleWord:
                at += 4;
                return (int)table.UInt32(at - 4);
            case real:
                // No operator that is read here has a real operand. A nibble of 15 ends the number.
                while ((table.Byte(at) & 0xF) != 0xF && table.Byte(at) >> 4 != 0xF)
                    at++;
                at++;
                return 0;
            case >= 32 and <= 246:
                return first - 139;
            case >= 247 and <= 250:
                return ((first - 247) * 256) + table.Byte(at++) + 108;
            case >= 251 and <= 254:
                return -((first - 251) * 256) - table.Byte(at++) - 108;
            default:
                throw new InvalidDataException("A DICT is damaged.");
        }
    }
}
