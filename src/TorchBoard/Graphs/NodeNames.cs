using System.Globalization;
using System.Text;

namespace TorchBoard.Graphs;

/// <summary>Creates unique, valid names of graph nodes from arbitrary names. Not thread-safe.</summary>
public sealed class NodeNames
{
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, int> _next = [];

    /// <summary>
    /// Returns a unique name inside a scope. If the name is taken, <c>_1</c>, <c>_2</c> … is appended.
    /// </summary>
    /// <param name="scope">The scope, such as <c>model/encoder</c>; empty for none.</param>
    /// <param name="name">
    /// The name; slashes separate scopes. The scope is not prepended to a name that already starts with it.
    /// </param>
    public string Of(string scope, string name)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(name);
        string valid = Valid(name);
        string wanted =
            scope.Length == 0 || valid.StartsWith(scope + "/", StringComparison.Ordinal) ? valid : $"{scope}/{valid}";
        string unique = wanted;
        while (!_taken.Add(unique))
        {
            int number = _next[wanted] = _next.GetValueOrDefault(wanted) + 1;
            unique = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{number}");
        }

        return unique;
    }

    /// <summary>
    /// Replaces characters that TensorBoard does not accept in a node's name with underscores, and removes empty parts.
    /// </summary>
    /// <param name="name">The name; slashes separate scopes.</param>
    public static string Valid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var valid = new StringBuilder(name.Length);
        foreach (string part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (valid.Length > 0)
                valid.Append('/');
            foreach (char c in part)
                valid.Append(GraphRules.IsNameCharacter(c) ? c : '_');
        }

        if (valid.Length == 0 || !GraphRules.IsFirstCharacter(valid[0]))
            valid.Insert(0, "n");
        return valid.ToString();
    }
}
