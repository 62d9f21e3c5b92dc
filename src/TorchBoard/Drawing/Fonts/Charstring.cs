namespace TorchBoard.Drawing.Fonts;

/// <summary>
/// Interprets a Type 2 charstring (Adobe Technical Note 5177). Hints are skipped. Arithmetic operators and accented
/// characters by endchar are not supported; current fonts contain neither.
/// </summary>
internal sealed class Charstring(CffIndex globals, CffIndex? locals, CffPath path)
{
    private const int MostOperands = 48;

    private readonly OutlineBudget _budget = new();
    private readonly double[] _operands = new double[MostOperands];
    private int _count;
    private int _hints;
    private bool _hasEnded;

    public void Run(FontTable program) => Run(program, 0);

    private void Run(FontTable program, int depth)
    {
        const int firstNumber = 32;
        const int word = 28;
        if (depth > OutlineBudget.Depth)
            throw new InvalidDataException("Subroutines are nested too deeply.");
        int at = 0;
        while (at < program.Length && !_hasEnded)
        {
            _budget.TakeSteps(1);
            int code = program.Byte(at++);
            if (code is >= firstNumber or word)
                Push(ReadNumber(program, code, ref at));
            else if (code == 11)
                return;
            else if (code == 10)
                Call(locals, depth);
            else if (code == 29)
                Call(globals, depth);
            else if (code is 19 or 20)
                SkipMask(ref at);
            else
                Execute(code == 12 ? 0x0C00 | program.Byte(at++) : code);
        }
    }

    private static double ReadNumber(FontTable program, int code, ref int at)
    {
        const double one = 1 << 16;
        switch (code)
        {
            case 28:
                at += 2;
                return program.Int16(at - 2);
            case <= 246:
                return code - 139;
            case <= 250:
                return ((code - 247) * 256) + program.Byte(at++) + 108;
            case <= 254:
                return -((code - 251) * 256) - program.Byte(at++) - 108;
            default:
                at += 4;
                return (int)program.UInt32(at - 4) / one;
        }
    }

    private void Push(double operand)
    {
        if (_count == MostOperands)
            throw new InvalidDataException("A charstring has too many operands.");
        _operands[_count++] = operand;
    }

    private void Call(CffIndex? subroutines, int depth)
    {
        if (subroutines is null || _count == 0)
            throw new InvalidDataException("A charstring calls a missing subroutine.");
        int bias = subroutines.Count switch { < 1240 => 107, < 33900 => 1131, _ => 32768 };
        Run(subroutines[(int)_operands[--_count] + bias], depth + 1);
    }

    /// <summary>Skips a mask, which has a bit per hint. Operands before it are vertical hints.</summary>
    private void SkipMask(ref int at)
    {
        AddHints();
        at += (_hints + 7) / 8;
    }

    private void AddHints()
    {
        _hints += _count / 2;
        _count = 0;
    }

    private void Execute(int code)
    {
        _budget.TakePoints(_count);
        switch (code)
        {
            case 1 or 3 or 18 or 23:
                AddHints();
                break;
            case 21:
                // The width may precede the operands of the first move.
                path.MoveBy(Last(2), Last(1));
                break;
            case 22:
                path.MoveBy(Last(1), 0);
                break;
            case 4:
                path.MoveBy(0, Last(1));
                break;
            case 5:
                Lines(0, _count);
                break;
            case 6:
                AlternateLines(isLevel: true);
                break;
            case 7:
                AlternateLines(isLevel: false);
                break;
            case 8:
                Curves(0, _count);
                break;
            case 24:
                Curves(0, _count - 2);
                Lines(Math.Max(_count - 2, 0), _count);
                break;
            case 25:
                Lines(0, _count - 6);
                Curves(Math.Max(_count - 6, 0), _count);
                break;
            case 26:
                UprightCurves();
                break;
            case 27:
                LevelCurves();
                break;
            case 30:
                AlternateCurves(startsLevel: false);
                break;
            case 31:
                AlternateCurves(startsLevel: true);
                break;
            case 14:
                _hasEnded = _count < 4
                    ? true
                    : throw new InvalidDataException("Accented characters by endchar are not supported.");
                break;
            default:
                Flex(code);
                break;
        }

        _count = 0;
    }

    private double Last(int fromEnd) => Operand(_count - fromEnd);

    private double Operand(int i) => i >= 0 && i < _count
        ? _operands[i]
        : throw new InvalidDataException("A charstring has too few operands.");

    private void Lines(int first, int end)
    {
        for (int i = first; i + 2 <= end; i += 2)
            path.LineBy(Operand(i), Operand(i + 1));
    }

    private void AlternateLines(bool isLevel)
    {
        for (int i = 0; i < _count; i++, isLevel = !isLevel)
            path.LineBy(isLevel ? Operand(i) : 0, isLevel ? 0 : Operand(i));
    }

    private void Curves(int first, int end)
    {
        for (int i = first; i + 6 <= end; i += 6)
        {
            path.CurveBy(
                Operand(i), Operand(i + 1), Operand(i + 2), Operand(i + 3), Operand(i + 4), Operand(i + 5));
        }
    }

    /// <summary>Adds curves with vertical tangents at both ends; the first may start at an angle.</summary>
    private void UprightCurves()
    {
        int odd = _count % 2;
        for (int i = odd; i + 4 <= _count; i += 4)
        {
            path.CurveBy(
                i == odd && odd == 1 ? Operand(0) : 0, Operand(i), Operand(i + 1), Operand(i + 2), 0, Operand(i + 3));
        }
    }

    /// <summary>Adds curves with horizontal tangents at both ends; the first may start at an angle.</summary>
    private void LevelCurves()
    {
        int odd = _count % 2;
        for (int i = odd; i + 4 <= _count; i += 4)
        {
            path.CurveBy(
                Operand(i), i == odd && odd == 1 ? Operand(0) : 0, Operand(i + 1), Operand(i + 2), Operand(i + 3), 0);
        }
    }

    /// <summary>Adds curves with alternating horizontal and vertical tangents; the last may end at an angle.</summary>
    private void AlternateCurves(bool startsLevel)
    {
        bool isLevel = startsLevel;
        for (int i = 0; i + 4 <= _count; i += 4, isLevel = !isLevel)
        {
            double askew = i + 5 == _count ? Operand(i + 4) : 0;
            if (isLevel)
                path.CurveBy(Operand(i), 0, Operand(i + 1), Operand(i + 2), askew, Operand(i + 3));
            else
                path.CurveBy(0, Operand(i), Operand(i + 1), Operand(i + 2), Operand(i + 3), askew);
        }
    }

    /// <summary>Adds two curves that hinting would flatten to a line.</summary>
    private void Flex(int code)
    {
        double[] o = [.. Enumerable.Range(0, _count).Select(Operand), .. new double[MostOperands]];
        switch (code)
        {
            case 0x0C23 when _count >= 12:
                Curves(0, 12);
                break;
            case 0x0C22 when _count >= 7:
                path.CurveBy(o[0], 0, o[1], o[2], o[3], 0);
                path.CurveBy(o[4], 0, o[5], -o[2], o[6], 0);
                break;
            case 0x0C24 when _count >= 9:
                path.CurveBy(o[0], o[1], o[2], o[3], o[4], 0);
                path.CurveBy(o[5], 0, o[6], o[7], o[8], -(o[1] + o[3] + o[7]));
                break;
            case 0x0C25 when _count >= 11:
                double x = o[0] + o[2] + o[4] + o[6] + o[8];
                double y = o[1] + o[3] + o[5] + o[7] + o[9];
                bool isLevel = Math.Abs(x) > Math.Abs(y);
                path.CurveBy(o[0], o[1], o[2], o[3], o[4], o[5]);
                path.CurveBy(o[6], o[7], o[8], o[9], isLevel ? o[10] : -x, isLevel ? -y : o[10]);
                break;
            default:
                throw new InvalidDataException("A charstring has an unsupported operator.");
        }
    }
}
