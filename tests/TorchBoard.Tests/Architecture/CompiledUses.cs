using System.Reflection;
using System.Reflection.Emit;

namespace TorchBoard.Tests.Architecture;

/// <summary>Which types of its own assembly a compiled type uses, in signatures, attributes and code.</summary>
internal static class CompiledUses
{
    private const byte Prefix = 0xFE;

    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
        | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<int, OpCode> ByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>The types, each with the member that uses it; nested types belong to the one that holds them.</summary>
    public static IEnumerable<(Type Used, string By)> Of(Type type) =>
        from member in MembersOf(type)
        from used in member.Uses
        from part in PartsOf(used)
        where part.Assembly == type.Assembly
        select (Outermost(part), $"{type.Name}.{member.Name}");

    private static IEnumerable<(string Name, IEnumerable<Type> Uses)> MembersOf(Type type)
    {
        yield return ("its declaration", [
            .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
            .. type.GetInterfaces(), .. type.GetCustomAttributesData().Select(data => data.AttributeType),
            .. ConstraintsOf(type.IsGenericTypeDefinition ? type.GetGenericArguments() : []),
        ]);
        foreach (FieldInfo field in type.GetFields(Declared))
            yield return (field.Name, [field.FieldType]);
        foreach (MethodBase method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
            yield return (method.Name, UsesOf(method));
        foreach (Type nested in type.GetNestedTypes(Declared))
        {
            foreach ((string name, IEnumerable<Type> uses) in MembersOf(nested))
                yield return ($"{nested.Name}.{name}", uses);
        }
    }

    private static IEnumerable<Type> UsesOf(MethodBase method)
    {
        IEnumerable<Type> uses = method.GetParameters().Select(parameter => parameter.ParameterType)
            .Concat(method.GetCustomAttributesData().Select(data => data.AttributeType));
        if (method is MethodInfo { ReturnType: { } returned })
            uses = uses.Append(returned);
        if (method.IsGenericMethodDefinition)
            uses = uses.Concat(ConstraintsOf(method.GetGenericArguments()));
        return method.GetMethodBody() is { } body
            ? uses.Concat(body.LocalVariables.Select(local => local.LocalType)).Concat(UsesOf(method, body))
            : uses;
    }

    private static IEnumerable<Type> UsesOf(MethodBase method, MethodBody body)
    {
        byte[] code = body.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = ByValue[code[at] == Prefix ? (Prefix << 8) | code[at + 1] : code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType
                or OperandType.InlineTok)
            {
                MemberInfo member = Resolve(method, BitConverter.ToInt32(code, at));
                foreach (Type used in TypesOf(member))
                    yield return used;
            }

            at += SizeOf(operation.OperandType, code, at);
        }
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType!, field.FieldType],
        MethodInfo method =>
        [
            .. method.DeclaringType is { } declaring ? [declaring] : Type.EmptyTypes, method.ReturnType,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.IsGenericMethod ? method.GetGenericArguments() : [],
        ],
        ConstructorInfo constructor =>
            [constructor.DeclaringType!, .. constructor.GetParameters().Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    private static IEnumerable<Type> ConstraintsOf(Type[] parameters) =>
        parameters.Where(parameter => parameter.IsGenericParameter)
            .SelectMany(parameter => parameter.GetGenericParameterConstraints());

    private static IEnumerable<Type> PartsOf(Type type)
    {
        if (type.HasElementType)
            return PartsOf(type.GetElementType()!);
        if (type.IsGenericParameter || type.IsFunctionPointer)
            return [];
        return type.IsGenericType
            ? type.GetGenericArguments().SelectMany(PartsOf).Append(type.GetGenericTypeDefinition())
            : [type];
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static MemberInfo Resolve(MethodBase method, int token) =>
        method.Module.ResolveMember(
            token,
            method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null)!;

    private static int SizeOf(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
