using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>The logit of a token at a position, or the highest logit there.</summary>
internal sealed record TokenTarget(Index Position, long? Id) : ModelTarget
{
    private protected override string? DefaultName =>
        Id is null ? $"next token at {Position}" : $"token {Id} at {Position}";

    internal override Tensor Scores(ModelOutput output)
    {
        Tensor logits = Logits(output);
        return Id is { } token
            ? logits.select(1, token)
            : logits.gather(1, logits.detach().argmax(1).unsqueeze(1)).squeeze(1);
    }

    internal override ModelTarget BoundTo(ModelOutput output, int n)
    {
        if (Id is not null)
            return this;
        using var host = new HostTensor(Logits(output).detach().argmax(1), ScalarType.Int64);
        return this with { Id = host.Values<long>()[n] };
    }

    // [N, tokens].
    private Tensor Logits(ModelOutput output)
    {
        Tensor logits = output.Batched;
        int at = logits.dim() == 3 ? Position.GetOffset((int)logits.shape[1]) : -1;
        if (at < 0 || at >= logits.shape[1] || Id >= logits.shape[2])
        {
            throw output.Unfit(
                $"logits [N, T, tokens] with the position {Position}"
                + $"{(Id is null ? "" : $" and the token {Id}")} are required.");
        }

        return logits.select(1, at);
    }
}
