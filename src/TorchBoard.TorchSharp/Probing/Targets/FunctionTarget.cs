using static TorchSharp.torch;

namespace TorchBoard.Probing.Targets;

/// <summary>The score that a user's function computes from the output.</summary>
internal sealed record FunctionTarget<TOutput>(Func<TOutput, Tensor> Score) : ModelTarget
{
    private const string Argument = "target";

    internal override Tensor Scores(ModelOutput output)
    {
        Tensor? scores = Score(ValueOf(output));
        if (scores is null)
            throw Returned("null");
        if (scores.IsInvalid)
            throw Returned("a disposed tensor");
        TensorArgument.ThrowIfUnreadable(scores, Argument);
        bool isColumn = scores.dim() == 2 && scores.shape[1] == 1;
        if ((scores.dim() != 1 && !isColumn) || scores.shape[0] != output.Count)
            throw Returned(TensorArgument.ShapeText(scores));
        return isColumn ? scores.squeeze(1) : scores;

        ArgumentException Returned(string what) => Refused(
            $"A target's function must return one score per input, [{output.Count}] or [{output.Count}, 1]; it "
            + $"returned {what}. Keep the batch dimension: output => output.select(1, 3), not output[0, 3].");
    }

    /// <summary>Returns the output as the type that the function takes.</summary>
    public static TOutput ValueOf(ModelOutput output)
    {
        if (output.Value is TOutput value)
            return value;
        string type = TypeText.Of(output.Value?.GetType());
        throw Refused(
            $"The function of the target takes {TypeText.Of(typeof(TOutput))}; {output.ModelName} returned {type}. "
            + $"Give the function a parameter of that type: ModelTarget.Of(({type} output) => …).");
    }

    private static ArgumentException Refused(string message, string argument = Argument) => new(message, argument);
}
