using TorchBoard.Modules;

namespace TorchBoard.Graphs;

/// <summary>
/// Hooks on all modules that number the calls that are nodes of a graph. Disposing removes the hooks.
/// </summary>
internal sealed class NodeCalls : IDisposable
{
    private readonly ModuleHooks _hooks = new();
    private readonly Stack<int> _open = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private int _count;

    /// <summary>Adds the hooks.</summary>
    /// <param name="places">The modules.</param>
    /// <param name="before">Called before each call.</param>
    /// <param name="after">Called after each call.</param>
    public NodeCalls(IEnumerable<ModulePlace> places, Before before, After after)
    {
        foreach (ModulePlace place in places)
        {
            _hooks.Add(
                place.Module, arguments => Begin(place, arguments), (given, result) => End(place, given, result));
        }

        // Calls from other threads are not part of this forward pass.
        bool IsOther() => Environment.CurrentManagedThreadId != _thread;

        void Begin(ModulePlace place, object?[] arguments)
        {
            if (IsOther())
                return;
            _open.Push(_count);
            before(place, _count, arguments);
        }

        object? End(ModulePlace place, object?[] arguments, object? result)
        {
            if (IsOther())
                return result;
            bool isInnermost = _open.Pop() == _count;
            (object? passed, bool isNode) = after(place, _count, isInnermost, arguments, result);
            if (isNode)
                _count++;
            return passed;
        }
    }

    /// <summary>Called before a call of a module.</summary>
    /// <param name="place">The module.</param>
    /// <param name="next">The index of the call if it is a node.</param>
    /// <param name="arguments">The arguments, which may be replaced.</param>
    public delegate void Before(ModulePlace place, int next, object?[] arguments);

    /// <summary>Called after a call of a module.</summary>
    /// <param name="place">The module.</param>
    /// <param name="next">The index of the call if it is a node.</param>
    /// <param name="isInnermost">Whether the call contains no node.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="result">The result.</param>
    /// <returns>The value that replaces the result, and whether the call is a node.</returns>
    public delegate (object? Passed, bool IsNode) After(
        ModulePlace place, int next, bool isInnermost, object?[] arguments, object? result);

    public void Dispose() => _hooks.Dispose();
}
