using System.Reflection;
using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// Fields of user modules with layers or parameters that are not registered in the module, because its constructor does
/// not call <c>RegisterComponents</c> or because they are in an array or a list.
/// </summary>
internal static class UnregisteredFields
{
    /// <summary>Returns the paths and types of the fields, such as <c>body.fc1 (Linear)</c>.</summary>
    public static string[] Of(ModulePlace[] places)
    {
        HashSet<nn.Module> known = new(places.Select(place => place.Module), ReferenceEqualityComparer.Instance);
        return
        [
            .. from place in places
               from field in FieldsOf(place.Module.GetType())
               where IsLost(field.GetValue(place.Module), place.Module, known)
               let path = place.Path.Length == 0 ? "" : place.Path + "."
               select $"{path}{NameOf(field)} ({TypeOf(field, place.Module)})",
        ];
    }

    /// <summary>Throws if the model has no parameters because nothing in it is registered.</summary>
    public static void ThrowIfAll(nn.Module model, string argument)
    {
        if (model.parameters().Any())
            return;
        if (Of(ModuleTree.Of(model)) is [{ } first, ..])
        {
            throw new ArgumentException(
                $"{model.GetType().Name} has no parameters: its field {first} is not registered. Call "
                + "RegisterComponents() at the end of the constructor; use nn.ModuleList instead of an array or a list "
                + "of layers.",
                argument);
        }
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        // TorchSharp's own modules have such fields internally.
        for (; type.Assembly != typeof(nn.Module).Assembly; type = type.BaseType!)
        {
            const BindingFlags Own =
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (FieldInfo field in type.GetFields(Own))
                yield return field;
        }
    }

    private static bool IsLost(object? value, nn.Module owner, HashSet<nn.Module> known) => value switch
    {
        nn.Module module => !known.Contains(module) && module.parameters().Any(),
        global::TorchSharp.Modules.Parameter parameter =>
            !parameter.IsInvalid
            && !owner.named_parameters(recurse: false).Any(named => ReferenceEquals(named.parameter, parameter)),
        IEnumerable<nn.Module> modules => modules.Any(module => IsLost(module, owner, known)),
        _ => false,
    };

    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static string TypeOf(FieldInfo field, nn.Module owner) =>
        field.GetValue(owner) switch
        {
            nn.Module module => new ModulePlace("", module, 0).TypeName,
            IEnumerable<nn.Module> => "several modules",
            _ => "Parameter",
        };
}
