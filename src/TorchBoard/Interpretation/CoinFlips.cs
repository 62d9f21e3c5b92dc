namespace TorchBoard.Interpretation;

/// <summary>Draws whether features are present, each with probability ½: many from one random number.</summary>
internal sealed class CoinFlips(Random random)
{
    private const int BitsADraw = 30;

    public void Fill(Span<bool> members)
    {
        for (int start = 0; start < members.Length; start += BitsADraw)
        {
            int bits = random.Next(1 << BitsADraw);
            foreach (ref bool isMember in members[start..Math.Min(start + BitsADraw, members.Length)])
            {
                isMember = (bits & 1) != 0;
                bits >>= 1;
            }
        }
    }
}
