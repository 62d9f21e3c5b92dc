using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SeeingModels.Models;

/// <summary>A layer of multi-head attention that learns to write words of ten letters backwards.</summary>
internal sealed class WordReverser : Module<Tensor, (Tensor Scores, Tensor Weights)>
{
    public const int Heads = 2;

    private const int Letters = 26;
    private const int Length = 10;
    private const int Features = 32;
    private const int Steps = 600;
    private const int BatchSize = 64;

    private readonly Embedding letters = Embedding(Letters, Features);
    private readonly Embedding places = Embedding(Length, Features);
    private readonly MultiheadAttention attention = MultiheadAttention(Features, Heads);
    private readonly Linear scores = Linear(Features, Letters);

    private WordReverser()
        : base(nameof(WordReverser)) => RegisterComponents();

    public MultiheadAttention Attention => attention;

    /// <summary>Trains it on random words.</summary>
    public static WordReverser Trained()
    {
        manual_seed(1);
        var reverser = new WordReverser();
        using optim.Optimizer optimizer = optim.Adam(reverser.parameters(), 5e-3);
        for (int step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            Tensor words = randint(Letters, [Length, BatchSize]);
            Tensor loss = functional.cross_entropy(
                reverser.call(words).Scores.flatten(0, 1), words.flip(0).flatten());
            optimizer.zero_grad();
            loss.backward();
            optimizer.StepUncollected();
        }

        reverser.eval();
        return reverser;
    }

    /// <summary>
    /// Returns the output and the attention weights from its letters to the letters of the word: [1, T, T].
    /// </summary>
    public (string Written, Tensor Weights) Reverse(string word)
    {
        using IDisposable noGradients = no_grad();
        (Tensor letterScores, Tensor weights) = call(Numbers(word));
        return (string.Concat(letterScores.argmax(-1).data<long>().Select(n => (char)('A' + n))), weights);
    }

    /// <summary>Returns the inputs of the attention: embeddings of letters and positions, [T, N, E].</summary>
    public Tensor States(string word) => Embedded(Numbers(word));

    /// <summary>Computes scores [T, N, 26] and weights [N, T, T] for words [T, N].</summary>
    public override (Tensor Scores, Tensor Weights) forward(Tensor words)
    {
        Tensor states = Embedded(words);
        (Tensor mixed, Tensor weights) = attention.call(states, states, states, null, true, null);
        return (scores.call(mixed), weights);
    }

    private Tensor Embedded(Tensor words) =>
        letters.call(words) + places.call(arange(words.shape[0])).unsqueeze(1);

    private static Tensor Numbers(string word) =>
        tensor([.. word.Select(letter => (long)(letter - 'A'))]).unsqueeze(1);
}
