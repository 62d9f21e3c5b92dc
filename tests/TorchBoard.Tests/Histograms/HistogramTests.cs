using System.Text.Json;
using TorchBoard.Histograms;

namespace TorchBoard.Tests.Histograms;

/// <summary>
/// Compares with the results of NumPy 1.24 and PyTorch's trimming for the same values, without the empty bucket that
/// PyTorch keeps before the first filled one.
/// </summary>
internal sealed class HistogramTests
{
    private static readonly double[] Values =
        [.. Enumerable.Range(0, 5000).Select(i => (((i * 7919L) % 2003) - 1001) / 97.0)];

    private static readonly int[] Integers = [.. Enumerable.Range(0, 300).Select(i => ((i * 37) % 101) - 50)];

    [Test]
    public void Default_buckets_equal_PyTorchs() => AssertEqual(Histogram.Of<double>(Values), "default");

    [Test]
    public void Default_buckets_fit_tiny_values_too() =>
        AssertEqual(Histogram.Of<double>([.. Values.Select(v => v * 1e-7)]), "default_tiny");

    [Test]
    public void Floats_are_counted_as_NumPy_counts_them() =>
        AssertEqual(Histogram.Of<float>([.. Values.Select(v => (float)v)]), "default_float32");

    [TestCase(1)]
    [TestCase(10)]
    [TestCase(30)]
    [TestCase(64)]
    public void A_chosen_number_of_bins_equals_NumPys(int bins) =>
        AssertEqual(Histogram.Of<double>(Values, HistogramBins.Equal(bins)), $"equal_{bins}");

    private static readonly object[] Rules =
    [
        new object[] { HistogramBins.Auto, "auto" }, new object[] { HistogramBins.FreedmanDiaconis, "fd" },
        new object[] { HistogramBins.Scott, "scott" }, new object[] { HistogramBins.Sturges, "sturges" },
        new object[] { HistogramBins.Rice, "rice" }, new object[] { HistogramBins.SquareRoot, "sqrt" },
    ];

    [TestCaseSource(nameof(Rules))]
    public void Rules_give_as_many_bins_as_NumPy(HistogramBins bins, string name)
    {
        AssertEqual(Histogram.Of<double>(Values, bins), $"rule_{name}");
        AssertEqual(Histogram.Of<int>(Integers, bins), $"rule_{name}_integers");
    }

    [TestCaseSource(nameof(Rules))]
    public void Rules_have_a_bound_however_far_away_an_outlier_is(HistogramBins bins, string name)
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => i * 1e-9), 1e12, double.NaN];
        Histogram histogram = Histogram.Of<double>(values, bins);
        Assert.That(histogram.Limits.Length, Is.LessThanOrEqualTo(65_536), name);
        Assert.That((Sum(histogram), histogram.NonFiniteCount), Is.EqualTo((1001d, 1L)), name);
    }

    [TestCaseSource(nameof(Rules))]
    public void Rules_accept_no_value_one_value_and_equal_values(HistogramBins bins, string name)
    {
        foreach (double[] values in (double[][])[[], [3], [3, 3, 3]])
            Assert.That(Sum(Histogram.Of<double>(values, bins)), Is.EqualTo(values.Length), name);
    }

    [Test]
    public void Integers_of_every_type_are_counted_alike()
    {
        using (Assert.EnterMultipleScope())
        {
            AssertEqual(Histogram.Of<int>(Integers), "integers_default");
            AssertEqual(Histogram.Of<sbyte>([.. Integers.Select(i => (sbyte)i)]), "integers_default");
            AssertEqual(Histogram.Of<short>([.. Integers.Select(i => (short)i)]), "integers_default");
            AssertEqual(Histogram.Of<long>([.. Integers.Select(i => (long)i)]), "integers_default");
            AssertEqual(Histogram.Of<Half>([.. Integers.Select(i => (Half)i)]), "integers_default");
            AssertEqual(Histogram.Of<int>(Integers, HistogramBins.Equal(7)), "integers_7");
        }
    }

    [Test]
    public void Equal_values_have_a_bin_around_them() =>
        AssertEqual(Histogram.Of<double>([.. Enumerable.Repeat(2.5, 9)], HistogramBins.Equal(4)), "constant_4");

    [Test]
    public void NaN_and_infinities_are_counted_separately()
    {
        Histogram histogram = Histogram.Of<float>([1, float.NaN, 2, float.PositiveInfinity, float.NegativeInfinity]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(histogram.NonFiniteCount, Is.EqualTo(3));
            Assert.That(histogram.Count, Is.EqualTo(2));
            Assert.That((histogram.Min, histogram.Max, histogram.Sum, histogram.SumOfSquares), Is.EqualTo((1d, 2d, 3d, 5d)));
            Assert.That(Sum(histogram), Is.EqualTo(2));
        }
    }

    [TestCase(new double[0])]
    [TestCase(new[] { double.NaN })]
    public void Without_values_there_is_one_empty_bucket(double[] values)
    {
        Histogram histogram = Histogram.Of<double>(values);
        Assert.That(histogram.Limits.ToArray(), Is.EqualTo(new double[] { 0 }));
        Assert.That(histogram.Counts.ToArray(), Is.EqualTo(new double[] { 0 }));
        Assert.That((histogram.Min, histogram.Max, histogram.Count), Is.EqualTo((0d, 0d, 0d)));
    }

    [TestCase(1e30, 1e25)]
    [TestCase(-1e30, -1e25)]
    [TestCase(-1e30, 1e30)]
    [TestCase(double.MaxValue, double.MinValue)]
    [TestCase(1e30, 1.0)]
    public void Values_beyond_the_outermost_edges_are_not_lost(double a, double b)
    {
        Histogram histogram = Histogram.Of<double>([a, b]);
        Assert.That(Sum(histogram), Is.EqualTo(2));
        Assert.That(histogram.Limits.ToArray(), Is.Ordered.Ascending.And.Unique);
        Assert.That(double.IsFinite(histogram.SumOfSquares));
    }

    [Test]
    public void Every_cell_of_the_tables_finds_the_bucket_that_a_search_finds()
    {
        // Values at, just below and just above every edge, the extremes of the type, and both zeros.
        double[] edges = [.. DefaultEdges.All];
        Assert.That(edges, Has.Length.EqualTo(1549));
        AssertFound<double>(
        [
            .. edges.SelectMany(e => (double[])[Math.BitDecrement(e), e, Math.BitIncrement(e)]),
            -0d, double.MinValue, double.MaxValue, double.Epsilon,
        ]);
        AssertFound<float>(
        [
            .. edges.Select(e => (float)e).SelectMany(e => (float[])[MathF.BitDecrement(e), e, MathF.BitIncrement(e)]),
            -0f, float.MinValue, float.MaxValue, float.Epsilon,
        ]);

        void AssertFound<T>(T[] values)
            where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        {
            long[] expected = new long[edges.Length + 1];
            foreach (T value in values)
                expected[edges.Count(e => e <= double.CreateChecked(value))]++;

            DefaultBuckets<T> buckets = DefaultBuckets<T>.Shared;
            int[] counters = new int[DefaultBuckets<T>.CounterCount];
            var moments = new Moments();
            buckets.Count(values, counters, ref moments);

            Assert.That(buckets.Slots(counters), Is.EqualTo(expected), typeof(T).Name);
            Assert.That(moments.Count, Is.EqualTo(values.Length), typeof(T).Name);
        }
    }

    [Test]
    public void Every_half_becomes_the_equal_float()
    {
        Half[] halves = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        ReadOnlySpan<float> converted = Conversion.To<Half, float>(halves, new float[halves.Length]);
        Assert.That(converted.ToArray(), Is.EqualTo(halves.Select(half => (float)half)));
    }

    [Test]
    public void Every_64_bit_integer_becomes_the_nearest_double()
    {
        // Around every power of two, where rounding to 53 bits and the carry between the halves matter, and at random.
        var random = new Random(1);
        long[] longs =
        [
            .. Enumerable.Range(0, 64).SelectMany(bit => Enumerable.Range(-3, 7).Select(i => (1L << bit) + i)),
            .. Enumerable.Range(0, 11).Select(bit => (1L << 53 + Math.Min(bit, 9)) + (1L << bit) - 1),
            .. Enumerable.Range(0, 10_000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)),
        ];
        longs = [.. longs, .. longs.Select(number => unchecked(-number))];

        Assert.That(
            Conversion.To<long, double>(longs, new double[longs.Length]).ToArray(),
            Is.EqualTo(longs.Select(number => (double)number)));
    }

    [Test]
    public void NaN_among_many_values_does_not_affect_the_others()
    {
        float[] values = new float[5000];
        for (int i = 0; i < values.Length; i++)
            values[i] = i % 7 == 3 ? float.NaN : i % 1001 == 5 ? float.NegativeInfinity : i;
        float[] finite = [.. values.Where(float.IsFinite)];

        Histogram all = Histogram.Of<float>(values);
        Histogram expected = Histogram.Of<float>(finite);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.NonFiniteCount, Is.EqualTo(values.Length - finite.Length));
            Assert.That(all.Counts.ToArray(), Is.EqualTo(expected.Counts.ToArray()));
            Assert.That((all.Count, all.Min, all.Max), Is.EqualTo((expected.Count, expected.Min, expected.Max)));
            Assert.That(all.Sum, Is.EqualTo(expected.Sum).Within(1e-9).Percent);
        }
    }

    [Test]
    public void Buckets_of_equal_width_over_a_range_have_NumPys_edges()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(HistogramBins.Equal(4, -1, 1), Is.Not.EqualTo(default(HistogramBins)));
            Assert.That(
                HistogramBins.Equal(50, -5, 5).ChosenEdges.ToArray(),
                Is.EqualTo(Enumerable.Range(0, 51).Select(i => -5 + (i / 5.0))).Within(1e-12));
            Assert.That(HistogramBins.Equal(50, -5, 5).ChosenEdges[25], Is.Zero);
            Assert.That(HistogramBins.Equal(50, -5, 5).ChosenEdges[50], Is.EqualTo(5));
            Assert.That(
                Histogram.Of<double>([-9, 0.1, 0.3, 0.5], HistogramBins.Equal(5, 0, 1)).Counts.ToArray(),
                Is.EqualTo([1.0, 1, 1, 1]));
            Assert.That(() => HistogramBins.Equal(0, 0, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(
                () => HistogramBins.Equal(5, 1, 1), Throws.ArgumentException.With.Message.Contains("min was 1, max was 1"));
            Assert.That(() => HistogramBins.Equal(5, 0, double.NaN), Throws.ArgumentException);
        }
    }

    [Test]
    public void Buckets_include_their_left_edge_and_the_last_bucket_both()
    {
        Histogram histogram = Histogram.Of<double>([-1, 0, 0.5, 1, 2, 3], HistogramBins.Between(0, 1, 2));
        Assert.That(histogram.Limits.ToArray(), Is.EqualTo(new double[] { 0, 1, 2, 3 }));
        Assert.That(histogram.Counts.ToArray(), Is.EqualTo(new double[] { 1, 2, 2, 1 }));
    }

    [Test]
    public void Counts_made_elsewhere_are_checked()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new Histogram(0, 1, 1, 1, 1, [1, 2], [1]), Throws.ArgumentException.With.Message.Contains("2 limits and 1 counts"));
            Assert.That(() => new Histogram(0, 1, 1, 1, 1, [2, 1], [1, 1]), Throws.ArgumentException.With.Message.Contains("limit 1 is 1"));
            Assert.That(() => new Histogram(0, 1, 1, 1, 1, [1], [double.NaN]), Throws.ArgumentException.With.Message.Contains("count 0"));
            Assert.That(() => new Histogram(double.NaN, 1, 1, 1, 1, [1], [1]), Throws.ArgumentException.With.Message.Contains("'min'"));
            Refusal.Of("counts", () => _ = new Histogram(0, 1, 1, 1, 1, [], []), "at least one; got 0 limits and 0 counts");
            Refusal.Of("limits", () => _ = new Histogram(0, 1, 1, 1, 1, [double.NaN, 1], [1, 1]), "limit 0 is NaN");
            Refusal.Of("limits", () => _ = new Histogram(0, 1, 1, 1, 1, [1, 1], [1, 1]), "strictly ascending; limit 1 is 1");
            Refusal.Of("counts", () => _ = new Histogram(0, 1, 1, 1, 1, [1, 2], [0, -1]), "not negative; count 1 is -1");
            Refusal.Of("max", () => _ = new Histogram(0, double.NaN, 1, 1, 1, [1], [1]), "must be finite; was NaN");
            Refusal.Of("count", () => _ = new Histogram(0, 1, double.NaN, 1, 1, [1], [1]));
            Refusal.Of("sum", () => _ = new Histogram(0, 1, 1, double.PositiveInfinity, 1, [1], [1]), "was Infinity");
            Refusal.Of("sumOfSquares", () => _ = new Histogram(0, 1, 1, 1, double.NaN, [1], [1]));
            Assert.That(() => HistogramBins.Equal(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => HistogramBins.Between(1, 1), Throws.ArgumentException.With.Message.Contains("edge 1 is 1"));
        }
    }

    [Test]
    public void Counts_made_elsewhere_are_kept_as_they_are()
    {
        double[] limits = [1, 2.5], counts = [0, 4];
        var histogram = new Histogram(-1, 2, 4, 5, 6, limits, counts);
        limits[0] = counts[0] = 99;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((histogram.Min, histogram.Max, histogram.Count), Is.EqualTo((-1.0, 2.0, 4.0)));
            Assert.That((histogram.Sum, histogram.SumOfSquares, histogram.NonFiniteCount), Is.EqualTo((5.0, 6.0, 0L)));
            Assert.That(histogram.Limits.ToArray(), Is.EqualTo(new[] { 1, 2.5 }));
            Assert.That(histogram.Counts.ToArray(), Is.EqualTo(new double[] { 0, 4 }));
        }
    }

    // Lengths on both sides of what a vector and a chunk hold.
    [Test]
    public void Every_value_is_counted_once_whatever_the_number_of_values(
        [Values(1, 3, 7, 8, 9, 31, 33, 2047, 2048, 2049, 16_384, 16_385)] int length)
    {
        int[] integers = [.. Enumerable.Range(0, length).Select(i => i % 100)];
        AssertCounted<double>([.. integers.Select(i => (double)i)]);
        AssertCounted<float>([.. integers.Select(i => (float)i)]);
        AssertCounted<Half>([.. integers.Select(i => (Half)i)]);
        AssertCounted<long>([.. integers.Select(i => (long)i)]);
        AssertCounted<byte>([.. integers.Select(i => (byte)i)]);

        void AssertCounted<T>(T[] values)
            where T : unmanaged, System.Numerics.INumberBase<T>
        {
            HistogramBins[] choices =
                [HistogramBins.Default, HistogramBins.Equal(10), HistogramBins.Sturges, HistogramBins.Between(10, 20, 30)];
            foreach (HistogramBins bins in choices)
            {
                Histogram histogram = Histogram.Of<T>(values, bins);
                Assert.That((Sum(histogram), histogram.Count), Is.EqualTo(((double)length, (double)length)), typeof(T).Name);
                Assert.That((histogram.Min, histogram.Max), Is.EqualTo((0.0, (double)integers.Max())), typeof(T).Name);
                Assert.That(histogram.Sum, Is.EqualTo(integers.Sum(i => (double)i)), typeof(T).Name);
                Assert.That(histogram.SumOfSquares, Is.EqualTo(integers.Sum(i => (double)i * i)), typeof(T).Name);
            }
        }
    }

    private static double Sum(Histogram histogram) => histogram.Counts.ToArray().Sum();

    private static void AssertEqual(Histogram histogram, string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(TestContext.CurrentContext.TestDirectory, "TestData", "numpy-histograms.json")));
        JsonElement expected = document.RootElement.GetProperty(name);

        Assert.That(histogram.Limits.ToArray(), Is.EqualTo(Numbers(expected, "limits")[1..]).Within(1).Ulps, name);
        Assert.That(histogram.Counts.ToArray(), Is.EqualTo(Numbers(expected, "counts")[1..]), name);
        Assert.That(histogram.Min, Is.EqualTo(expected.GetProperty("min").GetDouble()), name);
        Assert.That(histogram.Max, Is.EqualTo(expected.GetProperty("max").GetDouble()), name);
        Assert.That(histogram.Sum, Is.EqualTo(expected.GetProperty("sum").GetDouble()).Within(1e-9), name);
        Assert.That(
            histogram.SumOfSquares, Is.EqualTo(expected.GetProperty("sum_squares").GetDouble()).Within(1e-9).Percent, name);
    }

    private static double[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
