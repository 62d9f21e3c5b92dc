using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// Enumerates the tensors in arguments and results of modules: single tensors, tuples, lists and dictionaries, public
/// properties and fields of user types, and any nesting of these.
/// </summary>
internal static class TensorTree
{
    private const int Deepest = 8;

    public static IEnumerable<Tensor> Of(object? value) => Of(value, 0);

    /// <summary>
    /// Returns the value with its tensors replaced. Tuples are recreated, lists and dictionaries are changed, and user
    /// types stay unchanged.
    /// </summary>
    public static object? Replace(object? value, Func<Tensor, Tensor> other)
    {
        switch (value)
        {
            case Tensor tensor:
                return other(tensor);
            case ITuple tuple:
                return ReplaceTuple(tuple, other);
            case IDictionary { IsReadOnly: false } dictionary:
                foreach (object key in dictionary.Keys.Cast<object>().ToArray())
                    dictionary[key] = Replace(dictionary[key], other);
                return value;
            case IList { IsReadOnly: false } list when HoldsObjects(list):
                for (int i = 0; i < list.Count; i++)
                    list[i] = Replace(list[i], other);
                return value;
            default:
                return value;
        }
    }

    private static IEnumerable<Tensor> Of(object? value, int depth)
    {
        if (depth > Deepest)
            return [];
        return value switch
        {
            null or string or nn.Module => [],
            Tensor tensor => [tensor],
            ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Of(tuple[i], depth + 1)),
            IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(item => Of(item, depth + 1)),
            IEnumerable<Tensor> tensors => tensors,
            IList list => HoldsObjects(list) ? list.Cast<object?>().SelectMany(item => Of(item, depth + 1)) : [],
            _ => IsUsers(value.GetType()) ? Members(value).SelectMany(member => Of(member, depth + 1)) : [],
        };
    }

    // Do not search millions of numbers.
    private static bool HoldsObjects(IList list) =>
        list.GetType() is { IsArray: true } array
            ? !array.GetElementType()!.IsValueType || typeof(ITuple).IsAssignableFrom(array.GetElementType())
            : list.Count == 0 || list[0] is not ValueType or ITuple;

    private static bool IsUsers(Type type) =>
        !type.IsPrimitive && !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type)
        && type.Assembly != typeof(object).Assembly && type.Assembly != typeof(Tensor).Assembly;

    private static object?[] Members(object value)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        Type type = value.GetType();
        return
        [
            .. type.GetProperties(Public)
                .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                .Where(property => MayHold(property.PropertyType))
                .Select(property => property.GetValue(value)),
            .. type.GetFields(Public).Where(field => MayHold(field.FieldType)).Select(field => field.GetValue(value)),
        ];
    }

    private static bool MayHold(Type type) =>
        type == typeof(Tensor) || typeof(ITuple).IsAssignableFrom(type) || typeof(IDictionary).IsAssignableFrom(type)
        || typeof(IEnumerable<Tensor>).IsAssignableFrom(type) || type == typeof(object) || IsUsers(type);

    private static object? ReplaceTuple(ITuple tuple, Func<Tensor, Tensor> other)
    {
        const int Rest = 7;
        Type type = tuple.GetType();
        object?[] items = new object?[type.GetGenericArguments().Length];
        for (int i = 0; i < items.Length; i++)
        {
            object? item = i < Rest
                ? tuple[i]
                : type.GetField(nameof(Rest))?.GetValue(tuple) ?? type.GetProperty(nameof(Rest))?.GetValue(tuple);
            items[i] = Replace(item, other);
        }

        return Activator.CreateInstance(type, items);
    }
}
