using System.Reflection;
using static TorchSharp.torch;

namespace TorchBoard.Modules;

/// <summary>
/// Hooks on the calls of modules with any arguments; disposing removes them. Hooks see calls through <c>call</c>, not
/// through <c>forward</c>.
/// </summary>
internal sealed class ModuleHooks : IDisposable
{
    private readonly List<Action> _removals = [];

    /// <summary>Called before a module's forward pass; may replace the arguments in the array.</summary>
    public delegate void Before(object?[] arguments);

    /// <summary>Called after a module's forward pass; returns the value that replaces the result.</summary>
    public delegate object? After(object?[] arguments, object? result);

    /// <summary>Adds hooks to a module.</summary>
    /// <returns>Whether the module accepts hooks, which requires that it can be called.</returns>
    public bool Add(nn.Module module, Before before, After after)
    {
        if (CallableType(module) is not { } callable)
            return false;
        Type[] types = callable.GetGenericArguments();
        MethodInfo attach = Array.Find(
            typeof(ModuleHooks).GetMethods(BindingFlags.Static | BindingFlags.NonPublic),
            method => method.Name == nameof(Attach) && method.GetGenericArguments().Length == types.Length)!;
        _removals.Add((Action)attach.MakeGenericMethod(types).Invoke(null, [module, before, after])!);
        return true;
    }

    /// <summary>
    /// Returns the module's base type that declares its arguments and result; null if it cannot be called.
    /// </summary>
    public static Type? CallableType(nn.Module module)
    {
        for (Type? type = module.GetType(); type is not null; type = type.BaseType)
        {
            if (type is { Name: var name, IsGenericType: true, IsAbstract: true } && type.DeclaringType == typeof(nn)
                && name.StartsWith("Module`", StringComparison.Ordinal))
            {
                return type;
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (Action remove in _removals)
            remove();
        _removals.Clear();
    }

    // A hook's return value replaces its argument, so that a tuple, which is never null, is passed on unchanged.
    private static Action Attach<T, TResult>(nn.Module<T, TResult> module, Before before, After after) =>
        (Action)module.register_forward_pre_hook((_, a) => (T)Told(before, [a])[0]!).remove
        + module.register_forward_hook((_, a, y) => (TResult)after([a], y)!).remove;

    private static Action Attach<T1, T2, TResult>(
        nn.Module<T1, T2, TResult> module, Before before, After after) =>
        (Action)module.register_forward_pre_hook((_, a, b) =>
        {
            object?[] given = Told(before, [a, b]);
            return ((T1)given[0]!, (T2)given[1]!);
        }).remove
        + module.register_forward_hook((_, a, b, y) => (TResult)after([a, b], y)!).remove;

    private static Action Attach<T1, T2, T3, TResult>(
        nn.Module<T1, T2, T3, TResult> module, Before before, After after) =>
        (Action)module.register_forward_pre_hook((_, a, b, c) =>
        {
            object?[] given = Told(before, [a, b, c]);
            return ((T1)given[0]!, (T2)given[1]!, (T3)given[2]!);
        }).remove
        + module.register_forward_hook((_, a, b, c, y) => (TResult)after([a, b, c], y)!).remove;

    private static Action Attach<T1, T2, T3, T4, TResult>(
        nn.Module<T1, T2, T3, T4, TResult> module, Before before, After after) =>
        (Action)module.register_forward_pre_hook((_, a, b, c, d) =>
        {
            object?[] given = Told(before, [a, b, c, d]);
            return ((T1)given[0]!, (T2)given[1]!, (T3)given[2]!, (T4)given[3]!);
        }).remove
        + module.register_forward_hook((_, a, b, c, d, y) => (TResult)after([a, b, c, d], y)!).remove;

    private static Action Attach<T1, T2, T3, T4, T5, TResult>(
        nn.Module<T1, T2, T3, T4, T5, TResult> module, Before before, After after) =>
        (Action)module.register_forward_pre_hook((_, a, b, c, d, e) =>
        {
            object?[] given = Told(before, [a, b, c, d, e]);
            return ((T1)given[0]!, (T2)given[1]!, (T3)given[2]!, (T4)given[3]!, (T5)given[4]!);
        }).remove
        + module.register_forward_hook((_, a, b, c, d, e, y) => (TResult)after([a, b, c, d, e], y)!).remove;

    private static Action Attach<T1, T2, T3, T4, T5, T6, TResult>(
        nn.Module<T1, T2, T3, T4, T5, T6, TResult> module, Before before, After after) =>
        (Action)module.register_forward_pre_hook((_, a, b, c, d, e, f) =>
        {
            object?[] given = Told(before, [a, b, c, d, e, f]);
            return ((T1)given[0]!, (T2)given[1]!, (T3)given[2]!, (T4)given[3]!, (T5)given[4]!, (T6)given[5]!);
        }).remove
        + module.register_forward_hook((_, a, b, c, d, e, f, y) => (TResult)after([a, b, c, d, e, f], y)!).remove;

    private static object?[] Told(Before before, object?[] arguments)
    {
        before(arguments);
        return arguments;
    }
}
