using System.Collections;
using System.Reflection;
using TorchBoard.Modules;
using static TorchSharp.torch;

namespace TorchBoard.Tests;

/// <summary>
/// Counts the hooks of a model's modules, which TorchSharp keeps in private fields.
/// </summary>
internal static class HookCount
{
    public static int Of(nn.Module model) => ModuleTree.Of(model).Sum(place => OfOne(place.Module));

    private static int OfOne(nn.Module module)
    {
        int count = 0;
        for (Type? type = module.GetType(); type is not null; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (field.Name.EndsWith("_hooks", StringComparison.Ordinal))
                    count += ((IDictionary)field.GetValue(module)!).Count;
            }
        }

        return count;
    }
}
