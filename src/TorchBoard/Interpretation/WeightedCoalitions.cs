namespace TorchBoard.Interpretation;

/// <summary>
/// Coalitions with the weights of the Shapley kernel. Sizes are enumerated from the smallest and the largest inwards
/// while the budget lasts; the remaining weight goes to coalitions drawn at random.
/// </summary>
internal sealed class WeightedCoalitions
{
    /// <summary>
    /// Maximum number of draws per requested coalition; coalitions not drawn by then are too rare to wait for.
    /// </summary>
    private const int DrawsPerCoalition = 4;

    private readonly int _features;
    private readonly List<bool[]> _members = [];
    private readonly List<double> _weights = [];

    public WeightedCoalitions(int features, int budget, int seed)
    {
        _features = features;
        double[] shares = SharesOfSizes();
        int size = Enumerate(shares, ref budget);
        if (size <= Sizes && budget > 0)
            Draw(shares, size, budget, new Random(seed));
    }

    public IReadOnlyList<bool[]> Members => _members;

    public double[] Weights => [.. _weights];

    /// <summary>Sizes up to half the number of features; larger sizes are complements.</summary>
    private int Sizes => _features / 2;

    /// <summary>Returns the fraction of the kernel's weight for each size, including its complements.</summary>
    private double[] SharesOfSizes()
    {
        double[] shares = new double[Sizes + 1];
        for (int size = 1; size <= Sizes; size++)
            shares[size] = (IsPaired(size) ? 2.0 : 1.0) * (_features - 1) / (size * (double)(_features - size));
        double sum = shares.Sum();
        return Array.ConvertAll(shares, share => share / sum);
    }

    private bool IsPaired(int size) => 2 * size != _features;

    /// <summary>Adds all coalitions of a size while the budget lasts; returns the first size not added.</summary>
    private int Enumerate(double[] shares, ref int budget)
    {
        double remaining = 1;
        for (int size = 1; size <= Sizes; size++)
        {
            // A size is enumerated if draws in proportion to its share would be at least as many as its coalitions.
            double coalitions = Binomial(_features, size) * (IsPaired(size) ? 2 : 1);
            if (budget * shares[size] / remaining / coalitions < 1 - 1e-8)
                return size;

            foreach (bool[] members in OfSize(size))
            {
                Add(members, shares[size] / coalitions);
                if (IsPaired(size))
                    Add(Complement(members), shares[size] / coalitions);
            }

            budget -= (int)coalitions;
            remaining -= shares[size];
        }

        return Sizes + 1;
    }

    private void Draw(double[] shares, int firstSize, int budget, Random random)
    {
        double[] chances = [.. shares.Select((share, size) => size < firstSize ? 0 : share / (IsPaired(size) ? 2 : 1))];
        double total = chances.Sum();
        int fixedCount = _members.Count;
        var seen = new Dictionary<string, int>();
        int[] order = [.. Enumerable.Range(0, _features)];
        long draws = DrawsPerCoalition * (long)budget;
        for (long draw = 0; budget > 0 && draw < draws; draw++)
        {
            int size = firstSize;
            for (double at = random.NextDouble() * total; size < Sizes && at >= chances[size]; size++)
                at -= chances[size];
            random.Shuffle(order);
            bool[] members = new bool[_features];
            foreach (int feature in order.AsSpan(0, size))
                members[feature] = true;
            Count(members);
            if (budget > 0 && IsPaired(size))
                Count(Complement(members));
        }

        double drawn = 0;
        for (int i = fixedCount; i < _weights.Count; i++)
            drawn += _weights[i];
        double left = shares.Skip(firstSize).Sum();
        for (int i = fixedCount; i < _weights.Count; i++)
            _weights[i] *= left / drawn;

        void Count(bool[] members)
        {
            string key = string.Create(members.Length, members, (text, m) =>
            {
                for (int i = 0; i < text.Length; i++)
                    text[i] = m[i] ? '1' : '0';
            });
            if (seen.TryGetValue(key, out int at))
            {
                _weights[at]++;
                return;
            }

            seen.Add(key, _members.Count);
            Add(members, 1);
            budget--;
        }
    }

    private void Add(bool[] members, double weight)
    {
        _members.Add(members);
        _weights.Add(weight);
    }

    private IEnumerable<bool[]> OfSize(int size)
    {
        int[] chosen = [.. Enumerable.Range(0, size)];
        while (true)
        {
            bool[] members = new bool[_features];
            foreach (int feature in chosen)
                members[feature] = true;
            yield return members;

            int moved = size - 1;
            while (moved >= 0 && chosen[moved] == _features - size + moved)
                moved--;
            if (moved < 0)
                yield break;
            chosen[moved]++;
            for (int i = moved + 1; i < size; i++)
                chosen[i] = chosen[i - 1] + 1;
        }
    }

    private static bool[] Complement(bool[] members) => Array.ConvertAll(members, member => !member);

    private static double Binomial(int n, int k)
    {
        double count = 1;
        for (int i = 1; i <= k; i++)
            count = count * (n - k + i) / i;
        return count;
    }
}
