using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace TorchBoard.Tests.Properties;

/// <summary>Properties that must hold for values drawn at random: the same values in each run.</summary>
internal static class Seeded
{
    public static Gen<byte[]> Bytes { get; } = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    public static Gen<long> Longs { get; } =
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select ((long)high << 32) | (uint)low;

    /// <summary>Any bits: NaN, infinities and the tiniest among them; or numbers of a common size.</summary>
    public static Gen<double> Doubles { get; } = Gen.OneOf(
        Longs.Select(BitConverter.Int64BitsToDouble),
        Gen.Choose(-10_000, 10_000).Select(value => value / 100.0),
        Gen.Elements(0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon));

    public static Gen<float> Floats { get; } = Gen.OneOf(
        Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle),
        Doubles.Select(value => (float)value));

    /// <summary>Any text that is valid Unicode, and not empty.</summary>
    public static Gen<string> Texts { get; } = Gen.Choose(0, 0x10FFFF)
        .Where(code => code is < 0xD800 or > 0xDFFF)
        .Select(char.ConvertFromUtf32)
        .Or(Gen.Choose(32, 126).Select(code => ((char)code).ToString()))
        .NonEmptyListOf()
        .Select(string.Concat);

    public static void Holds<T>(Gen<T> values, Action<T> property, int times = 200)
    {
        var replay = new Replay(new Rnd(20_261_121, 4711), FSharpOption<int>.None);
        Config config = Config.QuickThrowOnFailure
            .WithReplay(FSharpOption<Replay>.Some(replay))
            .WithMaxTest(times)
            .WithQuietOnSuccess(true);
        Check.One(config, Prop.ForAll(values.ToArbitrary(), property));
    }
}
