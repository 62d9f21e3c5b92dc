using TorchBoard.Modules;

namespace TorchBoard.Graphs;

/// <summary>
/// Hooks on all modules that number the calls that are nodes of a graph. Disposing of it removes them.
/// </summary>
internal sealed class NodeCalls : IDisposable
{
    private readonly ModuleHooks _hooks = new();
    private readonly Stack<int> _open = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private int _count;

    /// <summary>Hooks the modules.</summary>
    /// <param name="places">The modules.</param>
    /// <param name="before">What is told before each call.</param>
    /// <param name="after">What is told after each.</param>
    public NodeCalls(IEnumerable<ModulePlace> places, Before before, After after)
    {
        foreach (ModulePlace place in places)
            _hooks.Add(place.Module, arguments => Begin(place, arguments), (given, result) => End(place, given, result));

        // Modules that another thread calls meanwhile are not this forward pass.
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

    /// <summary>What is told before a call of a module.</summary>
    /// <param name="place">The module.</param>
    /// <param name="next">The number of the call, if it turns out to be a node.</param>
    /// <param name="arguments">Its arguments; others may be put in their places.</param>
    public delegate void Before(ModulePlace place, int next, object?[] arguments);

    /// <summary>What is told after a call of a module.</summary>
    /// <param name="place">The module.</param>
    /// <param name="next">The number of the call, if it is a node.</param>
    /// <param name="isInnermost">Whether no node was inside of it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="result">Its result.</param>
    /// <returns>What takes the result's place, and whether the call is a node.</returns>
    public delegate (object? Passed, bool IsNode) After(
        ModulePlace place, int next, bool isInnermost, object?[] arguments, object? result);

    public void Dispose() => _hooks.Dispose();
}
