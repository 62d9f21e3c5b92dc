using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>The cosine similarity of the model's output and an embedding.</summary>
internal sealed record SimilarityTarget(StoredTensor Embedding) : ModelTarget
{
    private protected override string? DefaultName => "similarity";

    internal override Tensor Scores(ModelOutput output)
    {
        Tensor embeddings = output.Batched.reshape(output.Count, -1);
        Tensor other = Embedding.Like(embeddings).reshape(1, -1);
        if (embeddings.shape[1] != other.shape[1])
        {
            throw output.Unfit(
                $"embeddings must have {other.shape[1]} values, as many as the target's.");
        }

        return nn.functional.cosine_similarity(embeddings, other);
    }
}
