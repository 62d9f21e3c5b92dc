namespace TorchBoard.Histograms;

/// <summary>How the data decide on the number of equal buckets.</summary>
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
