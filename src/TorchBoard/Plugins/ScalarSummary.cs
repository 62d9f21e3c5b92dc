using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Plugins;

/// <summary>A point of a curve. Encodes points with a description; ScalarTemplate encodes all others.</summary>
internal static class ScalarSummary
{
    public static Summary Of(string tag, float value) =>
        new() { Value = { new Summary.Types.Value { Tag = tag, SimpleValue = value } } };

    public static double Decode(scoped in ValueView value)
    {
        if (value.Form == ValueForm.SimpleValue)
            return value.SimpleValue;
        if (value.Form != ValueForm.Tensor)
            throw ValueDecoder.NotA("scalar", value.Form);
        if (ScalarTensor.TryRead(value.Body, out double number))
            return number;

        var tensor = new TensorValue(TensorProto.Parser.ParseFrom(value.Body));
        if (tensor.ElementCount != 1 || !tensor.IsNumeric)
            throw new InvalidDataException($"a scalar must be one number; the tensor is {tensor}");
        return tensor.ToDoubles()[0];
    }
}
