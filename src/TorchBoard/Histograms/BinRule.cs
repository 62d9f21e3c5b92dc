namespace TorchBoard.Histograms;

/// <summary>The rule that determines the number of equal buckets from the data.</summary>
internal enum BinRule
{
    None,
    Auto,
    FreedmanDiaconis,
    Scott,
    Sturges,
    Rice,
    SquareRoot,
}
