using System.Runtime.InteropServices;

namespace TorchBoard.Metrics;

/// <summary>The weights of items; nothing is stored while each is 1.</summary>
internal sealed class ItemWeights
{
    private readonly List<double> _weights = [];
    private int _items;

    /// <summary>The weight of each item; empty if each is 1.</summary>
    public ReadOnlySpan<double> All
    {
        get
        {
            if (_weights.Count > 0)
                FillUp();
            return CollectionsMarshal.AsSpan(_weights);
        }
    }

    public double this[int item] => item < _weights.Count ? _weights[item] : 1;

    /// <summary>Adds items.</summary>
    /// <param name="items">The number of items.</param>
    /// <param name="weights">The weight of each; empty for 1 each.</param>
    public void Add(int items, ReadOnlySpan<double> weights)
    {
        if (!weights.IsEmpty)
        {
            FillUp();
            _weights.AddRange(weights);
        }

        _items += items;
    }

    public void Add(ItemWeights other) => Add(other._items, other.All);

    public void Reset()
    {
        _weights.Clear();
        _items = 0;
    }

    private void FillUp()
    {
        int missing = _items - _weights.Count;
        CollectionsMarshal.SetCount(_weights, _items);
        CollectionsMarshal.AsSpan(_weights)[^missing..].Fill(1);
    }
}
