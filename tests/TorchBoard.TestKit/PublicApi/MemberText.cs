using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TorchBoard.TestKit.PublicApi;

/// <summary>Members as C# declares them, with nullability and default values.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => Of(method),
        PropertyInfo property => Of(property),
        FieldInfo field => Of(field),
        EventInfo happening =>
            $"{Static(happening.AddMethod!)}event {TypeText.Name(happening.EventHandlerType!)} {happening.Name}",
        _ => throw new ArgumentException($"A {member.MemberType} is no member of a public surface.", nameof(member)),
    };

    public static string OfDelegate(Type type)
    {
        MethodInfo invoke = type.GetMethod("Invoke")!;
        return $"delegate {Return(invoke)} {TypeText.Name(type)}({Parameters(invoke)})";
    }

    private static string Of(MethodInfo method)
    {
        Type[] generic = method.GetGenericArguments();
        string arguments = generic.Length > 0 ? $"<{string.Join(", ", generic.Select(type => type.Name))}>" : "";
        return $"{Static(method)}{Virtual(method)}{Return(method)} "
            + $"{method.Name}{arguments}({Parameters(method)}){TypeText.Constraints(generic)}";
    }

    private static string Of(PropertyInfo property)
    {
        MethodInfo accessor = property.GetAccessors()[0];
        string name = property.GetIndexParameters().Length > 0 ? $"this[{Parameters(accessor)}]" : property.Name;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string setter = property.SetMethod is not { IsPublic: true } set ? ""
            : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;";
        string type = TypeText.Name(property.PropertyType, Nullability.Create(property));
        return $"{Static(accessor)}{Virtual(accessor)}{required}{type} {name} {{ get;{setter} }}";
    }

    private static string Of(FieldInfo field)
    {
        string type = TypeText.Name(field.FieldType, Nullability.Create(field));
        return field.IsLiteral
            ? $"const {type} {field.Name} = {Literal(field.GetRawConstantValue(), field.FieldType)}"
            : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Return(MethodInfo method)
    {
        string by = !method.ReturnType.IsByRef
            ? ""
            : method.ReturnParameter.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref ";
        return by + TypeText.Name(method.ReturnType, Nullability.Create(method.ReturnParameter));
    }

    private static string Static(MethodInfo method) =>
        method.IsStatic ? "static " : method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "";

    private static string Virtual(MethodInfo method) =>
        method.GetBaseDefinition() != method ? "override "
        : method.IsAbstract && !method.DeclaringType!.IsInterface ? "abstract "
        : method is { IsVirtual: true, IsFinal: false } && !method.DeclaringType!.IsInterface ? "virtual " : "";

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(
            ", ", method.GetParameters().Select(Of));

    private static string Of(ParameterInfo parameter)
    {
        bool isParams =
            parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string by = !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string value =
            parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";
        string type = TypeText.Name(parameter.ParameterType, Nullability.Create(parameter));
        return $"{(isParams ? "params " : "")}{by}{type} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            null => type.IsValueType && plain == type ? "default" : "null",
            string text => $"\"{text}\"",
            bool truth => truth ? "true" : "false",
            _ when plain.IsEnum => $"{plain.Name}.{Enum.ToObject(plain, value)}",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }
}
