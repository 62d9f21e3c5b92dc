namespace TorchBoard.Interpretation;

/// <summary>
/// Shapley values estimated from random orders of the features. Castro, Gómez and Tejada, "Polynomial calculation of
/// the Shapley value based on sampling", 2009; Štrumbelj and Kononenko, "An Efficient Explanation of Individual
/// Classifications using Game Theory", 2010.
/// </summary>
public static class ShapleySampling
{
    /// <summary>
    /// Explains a score by orders that are drawn at random.
    /// </summary>
    /// <param name="predict">
    /// The model; it evaluates (M − 1) inputs per order of M features, and 2 more, for each row of the baseline.
    /// </param>
    /// <param name="input">The input, of any shape.</param>
    /// <param name="shape">The input's shape; one dimension by default.</param>
    /// <param name="options">
    /// Number of orders (25 by default), baseline (zeros), groups (none), seed, batch size.
    /// </param>
    /// <param name="cancellationToken">Cancels the work before the next batch.</param>
    /// <returns>
    /// Values in units of the score, of the input's shape, with standard errors if there is more than one order;
    /// <see cref="Attribution.FeatureValues"/> sum to <see cref="Attribution.Score"/> −
    /// <see cref="Attribution.BaselineScore"/>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not match, the input is not finite, or the model returned a score that is not finite.
    /// </exception>
    public static Attribution Explain(
        Predict predict, ReadOnlySpan<float> input, ReadOnlySpan<int> shape = default,
        ShapleySamplingOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= ShapleySamplingOptions.Default;
        var explained = new ExplainedInput(input, shape);
        FeatureGroups features = FeatureGroups.Of(options.Groups, explained);
        // All orders share the empty and the full coalition, which are evaluated only once.
        int between = features.Count - 1;
        int coalitions = checked((options.Permutations * between) + 2);
        float[] baselines = options.BaselineRows(explained);
        var game = new CoalitionGame(predict, explained, features, baselines, options, coalitions, cancellationToken);
        var formed = new Orders(features.Count, options.Seed);
        var estimates = new Estimates(features.Count, options.Seed);
        (double score, double baselineScore) = (0, 0);
        game.Play(
            coalitions,
            (index, members) =>
            {
                if (index < 2)
                    members.Fill(index == 1);
                else
                    formed.SetFirst(((index - 2) % between) + 1, members);
            },
            (index, _, worth) =>
            {
                if (index == 0)
                    baselineScore = worth;
                else if (index == 1)
                    score = worth;
                else
                    estimates.Add((index - 2) % between, worth, baselineScore, score);
            });
        if (between == 0)
            return game.Attribute([score - baselineScore], score, baselineScore, options.Permutations == 1 ? [] : [0]);
        return game.Attribute(estimates.Means(), score, baselineScore, estimates.StandardErrors());
    }

    /// <summary>Orders of the features, drawn one after the other.</summary>
    private sealed class Orders(int features, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly int[] _order = new int[features];

        public int this[int place] => _order[place];

        public void Draw()
        {
            for (int f = 0; f < features; f++)
                _order[f] = f;
            _random.Shuffle(_order);
        }

        /// <summary>Sets the first features of the order; draws the next order for the first alone.</summary>
        public void SetFirst(int count, Span<bool> members)
        {
            if (count == 1)
                Draw();
            foreach (int feature in _order.AsSpan(0, count))
                members[feature] = true;
        }
    }

    /// <summary>The mean and the variance of each feature's marginal contribution. Welford, 1962.</summary>
    private sealed class Estimates(int features, int seed)
    {
        // The same orders as those formed, which are a batch ahead.
        private readonly Orders _orders = new(features, seed);
        private readonly double[] _sums = new double[features];
        private readonly double[] _squares = new double[features];
        private double _before;
        private int _count;

        /// <summary>Adds the worth of the first features of the order, up to a place.</summary>
        public void Add(int place, double worth, double baselineScore, double score)
        {
            if (place == 0)
            {
                _orders.Draw();
                _before = baselineScore;
                _count++;
            }

            Add(_orders[place], worth - _before);
            _before = worth;

            // The last feature completes the full coalition.
            if (place == features - 2)
                Add(_orders[features - 1], score - worth);
        }

        public double[] Means() => Array.ConvertAll(_sums, sum => sum / _count);

        /// <summary>Returns the standard errors of the means; none for a single order.</summary>
        public double[] StandardErrors() => _count == 1
            ? []
            : Array.ConvertAll(_squares, squares => Math.Sqrt(Math.Max(squares, 0) / (_count - 1) / _count));

        private void Add(int feature, double gain)
        {
            double deviation = gain - (_count == 1 ? 0 : _sums[feature] / (_count - 1));
            _sums[feature] += gain;
            _squares[feature] += deviation * (gain - (_sums[feature] / _count));
        }
    }
}
