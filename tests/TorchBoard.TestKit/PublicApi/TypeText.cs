using System.Reflection;
using System.Runtime.CompilerServices;

namespace TorchBoard.TestKit.PublicApi;

/// <summary>Types as C# writes them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>The line that declares a type: its kind, name, base and interfaces.</summary>
    public static string Declaration(Type type)
    {
        string[] bases =
        [
            .. type.BaseType is { } parent && !IsImplied(parent) ? [Name(parent)] : Array.Empty<string>(),
            .. InterfacesOf(type).Select(one => Name(one)).Order(StringComparer.Ordinal),
        ];
        string head = $"{Kind(type)} {Name(type)}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}";
        return head + Constraints(type.GetGenericArguments());
    }

    /// <summary>A type's name, with the question marks of its nullability if known.</summary>
    public static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!, nullability?.ElementType ?? nullability);
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value, nullability?.GenericTypeArguments.FirstOrDefault()) + "?";
        string mark = type is { IsValueType: false, IsGenericParameter: false }
            && nullability?.ReadState == NullabilityState.Nullable ? "?" : "";
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword + mark;
        if (type.IsArray)
            return $"{Name(type.GetElementType()!, nullability?.ElementType)}[]{mark}";
        string name =
            type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        if (!type.IsGenericType)
            return name + mark;

        Type[] arguments = type.GetGenericArguments();
        IEnumerable<string> names =
            arguments.Select((argument, i) => Name(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i)));
        return name.StartsWith("ValueTuple`", StringComparison.Ordinal)
            ? $"({string.Join(", ", names)})"
            : $"{name.Split('`')[0]}<{string.Join(", ", names)}>{mark}";
    }

    public static string Constraints(Type[] parameters) => string.Concat(parameters
        .Where(parameter => parameter.IsGenericParameter)
        .Select(parameter => (parameter.Name, Wanted: Wanted(parameter)))
        .Where(constraint => constraint.Wanted.Length > 0)
        .Select(constraint => $" where {constraint.Name} : {string.Join(", ", constraint.Wanted)}"));

    private static string[] Wanted(Type parameter)
    {
        GenericParameterAttributes attributes = parameter.GenericParameterAttributes;
        bool isValue = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        string[] own = isValue
            ? ["struct"]
            : attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? ["class"] : [];
        return
        [
            .. own,
            .. parameter.GetGenericParameterConstraints()
                .Where(one => one != typeof(ValueType))
                .Select(one => Name(one)),
            .. attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isValue
                ? ["new()"]
                : Array.Empty<string>(),
        ];
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
            return "enum";
        if (type.IsInterface)
            return "interface";
        if (type.IsValueType)
        {
            string start = type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "";
            return start + (type.IsByRefLike ? "ref " : "") + (IsRecord(type) ? "record struct" : "struct");
        }

        string modifier = type is { IsAbstract: true, IsSealed: true }
            ? "static "
            : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return modifier + (IsRecord(type) ? "record" : "class");
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            is not null;

    private static bool IsImplied(Type type) =>
        type == typeof(object) || type == typeof(ValueType) || type == typeof(Enum);

    // An interface that another one or the base implies is not repeated.
    private static IEnumerable<Type> InterfacesOf(Type type)
    {
        if (type.IsEnum)
            return [];
        Type[] all = type.GetInterfaces();
        IEnumerable<Type> brought =
            all.SelectMany(one => one.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        return all.Except(brought).Where(
            one => one.IsVisible && !(IsRecord(type) && one == typeof(IEquatable<>).MakeGenericType(type)));
    }
}
