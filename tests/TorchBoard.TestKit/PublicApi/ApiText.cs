using System.Reflection;
using System.Runtime.CompilerServices;

namespace TorchBoard.TestKit.PublicApi;

/// <summary>
/// The public surface of an assembly as text that resembles C#, one member per line, in a fixed order.
/// </summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) => string.Join("\n", TypesOf(assembly).Select(Print)) + "\n";

    public static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>
    /// The members that a type declares and its users see, without the compiler-generated members of records.
    /// </summary>
    public static IEnumerable<MemberInfo> MembersOf(Type type) =>
        type.GetMembers(Declared)
            .Where(member => member is not Type && !IsSynthesized(member) && IsVisible(member))
            .Where(member => !type.IsEnum || member is FieldInfo { IsLiteral: true });

    private static string Print(Type type)
    {
        List<string> lines = [];
        if (typeof(Delegate).IsAssignableFrom(type))
            return $"{type.Namespace}\n  {MemberText.OfDelegate(type)}\n";
        lines.Add($"{type.Namespace}: {TypeText.Declaration(type)}");
        lines.AddRange(
            type.IsEnum
                ? MembersOf(type).Cast<FieldInfo>().Select(field => $"  {field.Name} = {field.GetRawConstantValue()}")
                : MembersOf(type)
                    .Select(member => (member.Name, Text: "  " + MemberText.Of(member)))
                    .OrderBy(member => member.Name, StringComparer.Ordinal)
                    .ThenBy(member => member.Text, StringComparer.Ordinal)
                    .Select(member => member.Text));
        return string.Join("\n", lines) + "\n";
    }

    private static bool IsSynthesized(MemberInfo member) =>
        member is MethodInfo { IsSpecialName: true } accessor && !accessor.Name.StartsWith(
            "op_", StringComparison.Ordinal)
        || member.IsDefined(typeof(CompilerGeneratedAttribute))
        || member is MethodInfo { Name: "<Clone>$" };

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method =>
            method.IsPublic || (method.IsFamily || method.IsFamilyOrAssembly) && !member.DeclaringType!.IsSealed,
        FieldInfo field => field.IsPublic && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors().Length > 0,
        EventInfo happening => happening.AddMethod!.IsPublic,
        _ => false,
    };
}
