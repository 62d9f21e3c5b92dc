using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>The highest class score of each input.</summary>
internal sealed record GreatestTarget : ModelTarget
{
    internal override Tensor Scores(ModelOutput output) =>
        output.Classified.gather(1, Classes(output).unsqueeze(1)).squeeze(1);

    internal override ModelTarget BoundTo(ModelOutput output, int n)
    {
        using var host = new HostTensor(Classes(output), ScalarType.Int64);
        return output.TargetOf((int)host.Values<long>()[n]);
    }

    private static Tensor Classes(ModelOutput output) => output.Classified.detach().argmax(1);
}
