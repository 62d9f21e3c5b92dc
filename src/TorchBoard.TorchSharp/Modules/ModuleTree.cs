using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>A module and its path from the root, composed of the names that parent modules define.</summary>
/// <param name="Path">The names from the root, separated by periods; empty for the root.</param>
/// <param name="Module">The module.</param>
/// <param name="Depth">Number of enclosing modules; 0 for the root.</param>
internal sealed record ModulePlace(string Path, nn.Module Module, int Depth)
{
    /// <summary>The type's name without the number of type arguments.</summary>
    public string TypeName
    {
        get
        {
            string name = Module.GetType().Name;
            int arity = name.IndexOf('`', StringComparison.Ordinal);
            return arity < 0 ? name : name[..arity];
        }
    }

    /// <summary>The module's own parameters, without its children's.</summary>
    public IEnumerable<(string Name, Tensor Parameter)> OwnParameters =>
        Module.named_parameters(recurse: false).Select(named => (named.name, (Tensor)named.parameter));
}

/// <summary>All modules of a model, each once, in the order of registration, parents first.</summary>
internal static class ModuleTree
{
    /// <summary>Walks the tree. A module with several paths is listed under its first.</summary>
    public static ModulePlace[] Of(nn.Module root)
    {
        var places = new List<ModulePlace>();
        var seen = new HashSet<nn.Module>(ReferenceEqualityComparer.Instance);
        Visit(root, "", 0);
        return [.. places];

        void Visit(nn.Module module, string path, int depth)
        {
            if (!seen.Add(module))
                return;
            places.Add(new ModulePlace(path, module, depth));

            // A TorchScript module creates its children anew on each access, and they cannot be hooked.
            if (module is jit.ScriptModule)
                return;
            foreach ((string name, nn.Module child) in module.named_children())
                Visit(child, path.Length == 0 ? name : $"{path}.{name}", depth + 1);
        }
    }

    /// <summary>
    /// Returns the module at a path; a shared module has several. If there is none, the error suggests similar paths.
    /// </summary>
    public static ModulePlace Find(nn.Module root, string path, string argument)
    {
        ArgumentNullException.ThrowIfNull(path, argument);
        ModulePlace[] places = Of(root);
        if (Array.Find(places, place => place.Path == path) is { } found)
            return found;
        if (At(root, path) is { } shared)
            return shared;
        string[] paths = [.. places.Skip(1).Select(place => place.Path)];
        throw new ArgumentException(NearestNames.Message($"layers of {places[0].TypeName}", path, paths), argument);
    }

    /// <summary>Returns the module at a path if it accepts hooks.</summary>
    public static ModulePlace FindCallable(nn.Module root, string path, string argument)
    {
        ThrowIfScript(root, argument);
        ModulePlace place = Find(root, path, argument);
        ThrowIfScript(place.Module, argument);
        return ModuleHooks.CallableType(place.Module) is not null
            ? place
            : throw new ArgumentException(
                $"Layer '{place.Path}', a {place.TypeName}, cannot be called; specify a layer inside it.", argument);
    }

    /// <summary>Throws for a TorchScript module, whose layers are not visible.</summary>
    public static void ThrowIfScript(nn.Module module, string argument)
    {
        if (module is jit.ScriptModule)
        {
            throw new ArgumentException(
                "Layers of TorchScript cannot be hooked: a ScriptModule runs as a whole. Use the model as an nn.Module "
                + "or a method that needs only input and score, such as AddExplanation.",
                argument);
        }
    }

    private static ModulePlace? At(nn.Module root, string path)
    {
        nn.Module? module = root;
        string[] names = path.Split('.');
        foreach (string name in names)
            module = module?.named_children().FirstOrDefault(child => child.name == name).module;
        return module is null ? null : new ModulePlace(path, module, names.Length);
    }
}
