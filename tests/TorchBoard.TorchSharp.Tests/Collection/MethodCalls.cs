using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace TorchBoard.Tests.Collection;

/// <summary>Which methods a compiled method calls, makes delegates of, or starts as an iterator.</summary>
internal static class MethodCalls
{
    private const byte Prefix = 0xFE;

    private static readonly Dictionary<int, OpCode> ByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    /// <summary>All methods and constructors of an assembly, those that the compiler made included.</summary>
    public static IEnumerable<MethodBase> AllIn(Assembly assembly)
    {
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
            | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return assembly.GetTypes().SelectMany(
            type => ((MethodBase[])type.GetMethods(declared)).Concat(type.GetConstructors(declared)));
    }

    /// <summary>The calls of one method. Of generic methods it names the definitions.</summary>
    public static IEnumerable<MethodBase> Of(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = ByValue[code[at] == Prefix ? (Prefix << 8) | code[at + 1] : code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod)
            {
                MethodBase called = Definition(Resolve(method, BitConverter.ToInt32(code, at)));
                yield return called;
                foreach (MethodBase body in BodiesStartedBy(called))
                    yield return body;
            }

            at += SizeOf(operation.OperandType, code, at);
        }
    }

    // Methods of arrays have no definition.
    private static MethodBase Definition(MethodBase method) =>
        method.DeclaringType is { IsArray: true } ? method : method.Module.ResolveMethod(method.MetadataToken)!;

    private static MethodBase Resolve(MethodBase method, int token) =>
        method.Module.ResolveMethod(
            token,
            method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null,
            method.IsGenericMethod ? method.GetGenericArguments() : null)!;

    // The body of an iterator is a method of a class of its own.
    private static IEnumerable<MethodBase> BodiesStartedBy(MethodBase called) =>
        called is ConstructorInfo { DeclaringType: { } type }
        && type.IsDefined(typeof(CompilerGeneratedAttribute), false)
        && type.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is { } body
            ? [Definition(body)]
            : [];

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
