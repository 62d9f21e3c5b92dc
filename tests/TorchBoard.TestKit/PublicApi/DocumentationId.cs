using System.Reflection;

namespace TorchBoard.TestKit.PublicApi;

/// <summary>The names that the compiler gives members in documentation files.</summary>
internal static class DocumentationId
{
    public static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + Name(type),
        ConstructorInfo constructor =>
            $"M:{Name(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method =>
            $"M:{Name(method.DeclaringType!)}.{method.Name}{Arity(method)}"
            + $"{Parameters(method.GetParameters())}{Conversion(method)}",
        PropertyInfo property =>
            $"P:{Name(property.DeclaringType!)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        FieldInfo field => $"F:{Name(field.DeclaringType!)}.{field.Name}",
        EventInfo happening => $"E:{Name(happening.DeclaringType!)}.{happening.Name}",
        _ => throw new ArgumentException($"A {member.MemberType} has no documentation.", nameof(member)),
    };

    private static string Arity(MethodInfo method) =>
        method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Conversion(MethodInfo method) =>
        method.Name is "op_Implicit" or "op_Explicit" ? "~" + Argument(method.ReturnType) : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0
            ? ""
            : $"({string.Join(",", parameters.Select(parameter => Argument(parameter.ParameterType)))})";

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Argument(Type type)
    {
        if (type.IsByRef)
            return Argument(type.GetElementType()!) + "@";
        if (type.IsArray)
        {
            return Argument(type.GetElementType()!)
                + (type.GetArrayRank() == 1 ? "[]" : $"[{new string(',', type.GetArrayRank() - 1)}]");
        }

        if (type.IsGenericParameter)
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (!type.IsGenericType)
            return Name(type);
        string name = type.GetGenericTypeDefinition().FullName!.Split('`')[0].Replace('+', '.');
        return $"{name}{{{string.Join(",", type.GetGenericArguments().Select(Argument))}}}";
    }
}
