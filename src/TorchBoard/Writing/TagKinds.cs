using TorchBoard.Plugins;

namespace TorchBoard.Writing;

/// <summary>
/// The plugin of each tag of a run, set by the tag's first value. TensorBoard knows only one per tag: a second one
/// makes it answer with errors and lose the tag. Thread-safe.
/// </summary>
internal sealed class TagKinds
{
    private static long _lastId;

    private readonly object _gate = new();
    private readonly Dictionary<string, Plugin> _byTag = new(StringComparer.Ordinal);

    private bool _ended;

    /// <summary>Identifies the run within the process; never 0.</summary>
    public readonly long Id = Interlocked.Increment(ref _lastId);

    /// <summary>Assigns a tag to a plugin.</summary>
    /// <exception cref="ArgumentException">The tag belongs to another plugin.</exception>
    /// <exception cref="ObjectDisposedException">The run has ended.</exception>
    public void Claim(string tag, Plugin plugin)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, typeof(SummaryWriter));
            if (!_byTag.TryAdd(tag, plugin) && _byTag[tag] is { } known && known != plugin)
                ThrowOther(tag, known, plugin);
        }
    }

    /// <summary>Assigns tags to plugins: all of them, or none if it throws.</summary>
    /// <exception cref="ArgumentException">One of the tags belongs to another plugin.</exception>
    /// <exception cref="ObjectDisposedException">The run has ended.</exception>
    public void Claim(params ReadOnlySpan<(string Tag, Plugin Plugin)> tags)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, typeof(SummaryWriter));
            foreach ((string tag, Plugin plugin) in tags)
            {
                if (_byTag.TryGetValue(tag, out Plugin? known) && known != plugin)
                    ThrowOther(tag, known, plugin);
            }

            foreach ((string tag, Plugin plugin) in tags)
                _byTag.TryAdd(tag, plugin);
        }
    }

    /// <summary>Assigns a tag to a plugin; returns false if it belongs to another one.</summary>
    public bool TryClaim(string tag, Plugin plugin)
    {
        lock (_gate)
        {
            return _byTag.TryAdd(tag, plugin) || _byTag[tag] == plugin;
        }
    }

    /// <summary>Makes every later claim throw.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
        }
    }

    private static void ThrowOther(string tag, Plugin known, Plugin plugin) => throw new ArgumentException(
        $"The tag '{tag}' of this run already has {known.Values}; it cannot have {plugin.Values} too, because "
        + "TensorBoard shows one kind of values per tag. Use another tag.",
        nameof(tag));
}
