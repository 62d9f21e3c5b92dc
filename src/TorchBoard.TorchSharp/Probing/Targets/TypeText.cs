namespace TorchBoard.Probing.Targets;

/// <summary>Formats the name of a type in C# syntax, without namespaces.</summary>
internal static class TypeText
{
    public static string Of(Type? type)
    {
        if (type is null)
            return "null";
        if (type.IsArray)
            return $"{Of(type.GetElementType())}[]";
        if (!type.IsGenericType)
            return type.Name;
        string arguments = string.Join(", ", type.GetGenericArguments().Select(Of));
        string name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return name == nameof(ValueTuple) ? $"({arguments})" : $"{name}<{arguments}>";
    }
}
