namespace Quickstart;

/// <summary>How well one digit is recognised. A ratio without cases is 0.</summary>
/// <param name="Digit">The digit.</param>
/// <param name="Count">How many pictures show it.</param>
/// <param name="Predicted">How many pictures were taken for it.</param>
/// <param name="Right">How many of these rightly.</param>
public readonly record struct ClassResult(int Digit, int Count, int Predicted, int Right)
{
    /// <summary>The share of the pictures taken for the digit that show it.</summary>
    public double Precision => Predicted == 0 ? 0 : (double)Right / Predicted;

    /// <summary>The share of the pictures of the digit that were taken for it.</summary>
    public double Recall => Count == 0 ? 0 : (double)Right / Count;

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1 => Right == 0 ? 0 : 2.0 * Right / (Count + Predicted);
}
