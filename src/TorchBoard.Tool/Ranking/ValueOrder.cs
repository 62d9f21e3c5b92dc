using TorchBoard.Hyperparameters;

namespace TorchBoard.Tool.Ranking;

/// <summary>
/// The order of values of any type: numbers, then Booleans (false first), then text. In either direction, NaN and what
/// is missing come last.
/// </summary>
internal sealed class ValueOrder(bool isDescending) : IComparer<Hyperparameter>
{
    private enum Type
    {
        Number,
        Boolean,
        Text,
        NotANumber,
        None,
    }

    public int Compare(Hyperparameter x, Hyperparameter y)
    {
        (Type left, Type right) = (TypeOf(x), TypeOf(y));
        if (left >= Type.NotANumber || right >= Type.NotANumber)
            return left.CompareTo(right);
        int order = left != right ? left.CompareTo(right) : left switch
        {
            Type.Number => x.Number!.Value.CompareTo(y.Number!.Value),
            Type.Boolean => x.Boolean!.Value.CompareTo(y.Boolean!.Value),
            _ => Reading.NaturalOrder.Instance.Compare(x.Text, y.Text),
        };
        return isDescending ? -order : order;
    }

    private static Type TypeOf(Hyperparameter value) => value switch
    {
        { Number: double number } => double.IsNaN(number) ? Type.NotANumber : Type.Number,
        { Boolean: not null } => Type.Boolean,
        { Text: not null } => Type.Text,
        _ => Type.None,
    };
}
