namespace TorchBoard.Events;

/// <summary>The field of a Summary.Value that holds the value.</summary>
internal enum ValueForm
{
    None = 0,
    SimpleValue = 2,
    Image = 4,
    Histogram = 5,
    Audio = 6,
    Tensor = 8,
}
