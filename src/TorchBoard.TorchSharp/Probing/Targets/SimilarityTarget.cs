using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>The cosine similarity of what the model puts out and an embedding.</summary>
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
                $"embeddings of {other.shape[1]} numbers are wanted, as many as that of the target has.");
        }

        return nn.functional.cosine_similarity(embeddings, other);
    }
}
