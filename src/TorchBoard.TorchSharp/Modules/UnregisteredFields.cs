using System.Reflection;
using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// Fields of the user's modules that hold layers or parameters that the module does not know of, because its
/// constructor does not call <c>RegisterComponents</c> or keeps them in an array or a list.
/// </summary>
internal static class UnregisteredFields
{
    /// <summary>Their paths and types, such as <c>body.fc1 (Linear)</c>.</summary>
    public static string[] Of(ModulePlace[] places)
    {
        HashSet<nn.Module> known = new(places.Select(place => place.Module), ReferenceEqualityComparer.Instance);
        return
        [
            .. from place in places
               from field in FieldsOf(place.Module.GetType())
               where IsLost(field.GetValue(place.Module), place.Module, known)
               select $"{(place.Path.Length == 0 ? "" : place.Path + ".")}{NameOf(field)} ({TypeOf(field, place.Module)})",
        ];
    }

    /// <summary>Throws where the model has no parameter because nothing of it is registered.</summary>
    public static void ThrowIfAll(nn.Module model, string argument)
    {
        if (model.parameters().Any())
            return;
        if (Of(ModuleTree.Of(model)) is [{ } first, ..])
        {
            throw new ArgumentException(
                $"{model.GetType().Name} has no parameters: its field {first} is not registered. Call "
                + "RegisterComponents() at the end of the constructor; layers in an array or a list belong into an "
                + "nn.ModuleList.",
                argument);
        }
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        // TorchSharp's own modules keep references of their own.
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
