namespace TorchBoard.Interpretation;

/// <summary>
/// Coalitions with the weights of the Shapley kernel, one after the other. Sizes are enumerated from the smallest and the
/// largest inwards while the budget lasts; the remaining weight goes to coalitions drawn at random, each with its
/// complement.
/// </summary>
internal sealed class WeightedCoalitions
{
    private readonly int _features;
    private readonly double[] _shares;
    private readonly Random _random;
    private readonly int[] _order;
    private readonly int _firstDrawn;
    private readonly double _drawnWeight;
    private readonly int[] _members;
    private int _size = 1;
    private bool _isComplementNext;

    public WeightedCoalitions(int features, int budget, int seed)
    {
        _features = features;
        _shares = SharesOfSizes();
        _random = new Random(seed);
        _order = [.. Enumerable.Range(0, features)];
        _members = new int[Sizes];
        _firstDrawn = Enumerated(ref budget);
        int drawn = _firstDrawn <= Sizes ? budget : 0;
        Count += drawn;
        _drawnWeight = drawn > 0 ? _shares.Skip(_firstDrawn).Sum() / drawn : 0;
    }

    /// <summary>The number of coalitions.</summary>
    public int Count { get; private set; }

    /// <summary>Sizes up to half the number of features; larger sizes are complements.</summary>
    private int Sizes => _features / 2;

    /// <summary>The members of the coalition, or of its complement, whichever has fewer.</summary>
    private Span<int> Chosen => _members.AsSpan(0, _size);

    /// <summary>Sets the members of the next coalition; receives a cleared span.</summary>
    /// <returns>The weight of the coalition. All weights sum to 1.</returns>
    public double Next(Span<bool> members)
    {
        if (!_isComplementNext && _size >= _firstDrawn)
            Draw();
        foreach (int feature in Chosen)
            members[feature] = true;
        if (_isComplementNext)
        {
            foreach (ref bool isMember in members)
                isMember = !isMember;
        }

        int size = _size;
        _isComplementNext = !_isComplementNext && IsPaired(size);
        if (size >= _firstDrawn)
            return _drawnWeight;
        if (!_isComplementNext)
            Advance();
        return _shares[size] / CoalitionsOf(size);
    }

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

    /// <summary>The number of coalitions of a size, and of their complements.</summary>
    private double CoalitionsOf(int size)
    {
        double count = IsPaired(size) ? 2 : 1;
        for (int i = 1; i <= size; i++)
            count = count * (_features - size + i) / i;
        return Math.Round(count);
    }

    /// <summary>Counts the sizes that fit in the budget; returns the first that does not.</summary>
    private int Enumerated(ref int budget)
    {
        double remaining = 1;
        for (int size = 1; size <= Sizes; size++)
        {
            // A size is enumerated if draws in proportion to its share would be at least as many as its coalitions.
            double coalitions = CoalitionsOf(size);
            if (budget * _shares[size] / remaining / coalitions < 1 - 1e-8)
                return size;
            Count += (int)coalitions;
            budget -= (int)coalitions;
            remaining -= _shares[size];
        }

        return Sizes + 1;
    }

    /// <summary>Goes to the next combination of the same size in lexical order, or to the first of the next size.</summary>
    private void Advance()
    {
        int moved = _size - 1;
        while (moved >= 0 && _members[moved] == _features - _size + moved)
            moved--;
        if (moved >= 0)
            _members[moved]++;
        else if (++_size > Sizes)
            return;
        else
            _members[moved = 0] = 0;
        for (int i = moved + 1; i < _size; i++)
            _members[i] = _members[i - 1] + 1;
    }

    private void Draw()
    {
        double total = 0;
        for (int size = _firstDrawn; size <= Sizes; size++)
            total += Chance(size);
        _size = _firstDrawn;
        for (double at = _random.NextDouble() * total; _size < Sizes && at >= Chance(_size); _size++)
            at -= Chance(_size);

        // The first steps of a shuffle are enough.
        for (int i = 0; i < _size; i++)
        {
            int drawn = _random.Next(i, _features);
            (_order[i], _order[drawn]) = (_order[drawn], _order[i]);
            _members[i] = _order[i];
        }
    }

    // A drawn coalition of a paired size comes with its complement.
    private double Chance(int size) => _shares[size] / (IsPaired(size) ? 2 : 1);
}
