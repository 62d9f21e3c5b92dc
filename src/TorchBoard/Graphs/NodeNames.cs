using System.Globalization;
using System.Text;

namespace TorchBoard.Graphs;

/// <summary>Makes valid names of nodes, each once, of names that may be anything.</summary>
internal sealed class NodeNames
{
    private readonly HashSet<string> _taken = [];
    private readonly Dictionary<string, int> _next = [];

    /// <summary>
    /// A name that nobody has yet, inside the scope: where the name begins with the scope already, it is not repeated.
    /// </summary>
    public string Of(string scope, string name)
    {
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

    /// <summary>The name with underscores for what a node's name may not have, and without empty parts.</summary>
    public static string Valid(string name)
    {
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
