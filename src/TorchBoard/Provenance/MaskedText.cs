using System.Text;
using System.Text.RegularExpressions;

namespace TorchBoard.Provenance;

/// <summary>Masks what looks like a secret: in doubt, a value is masked that is none.</summary>
internal static partial class MaskedText
{
    private const string Mask = "(masked)";

    private static readonly string[] SecretWords =
    [
        "token", "secret", "secrets", "password", "passwords", "passwd", "passphrase", "pass", "pwd", "pw", "apikey", "credential",
        "credentials", "auth", "authorization", "bearer", "cookie", "sas", "sig", "signature", "pat", "connectionstring",
        "accesskey", "secretkey", "privatekey", "accountkey",
    ];

    private static readonly string[] WordsOfKeys =
        ["api", "access", "private", "secret", "account", "signing", "shared", "encryption", "license", "ssh", "master"];

    /// <summary>Returns arguments as one line, each secret masked: after a name, in an address, or by its form.</summary>
    public static string CommandLine(IReadOnlyList<string> arguments)
    {
        var shown = new List<string>();
        bool isValueOfSecret = false;
        foreach (string argument in arguments)
        {
            shown.Add(isValueOfSecret ? Mask : Quoted(Of(argument)));
            isValueOfSecret = argument is ['-' or '/', _, ..] && argument.AsSpan().IndexOfAny('=', ':') < 0
                && IsSecretName(argument.TrimStart('-', '/'));
        }

        return string.Join(' ', shown);
    }

    /// <summary>Returns the value of a variable.</summary>
    public static string Variable(string name, string value) => IsSecretName(name) && value.Length > 0 ? Mask : Of(value);

    /// <summary>Returns a text with the secrets in it masked.</summary>
    public static string Of(string text)
    {
        string masked = UserInfo().Replace(text, $"{Mask}@");
        return KnownForms().Replace(WithoutNamed(masked), Mask);
    }

    // The value of a name may be a name with a value: /p:AccessKey=…
    private static string WithoutNamed(string text)
    {
        var masked = new StringBuilder();
        int done = 0;
        for (Match match = Named().Match(text); match.Success;)
        {
            Group value = match.Groups["value"];
            int next = value.Index;
            if (IsSecretName(match.Groups["name"].Value))
            {
                masked.Append(text, done, value.Index - done).Append(Mask);
                next = done = match.Index + match.Length;
            }

            match = Named().Match(text, next);
        }

        return masked.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Whether a name has a word of secrets: <c>token</c> has, <c>max-tokens</c> and <c>tokenizer</c> have not.</summary>
    private static bool IsSecretName(string name)
    {
        string[] words = [.. Words().Matches(name).Select(match => match.Value.ToLowerInvariant())];
        return words.Any(word => SecretWords.Contains(word))
            || string.Concat(words) is "key" or "connectionstring"
            || words.Zip(words.Skip(1)).Any(pair => pair switch
            {
                (var first, "key" or "keys") => WordsOfKeys.Contains(first),
                ("connection", "string" or "strings") => true,
                _ => false,
            });
    }

    private static string Quoted(string argument) =>
        argument.Length == 0 || argument.AsSpan().ContainsAny(' ', '\t', '"')
            ? $"\"{argument.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : argument;

    // The words of api_key, --api-key and ApiKey.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    // https://user:password@host
    [GeneratedRegex(@"(?<=://)[^/\s@]*(?:@[^/\s@]*)*@", RegexOptions.CultureInvariant)]
    private static partial Regex UserInfo();

    // name=value of arguments, queries and connection strings, and Name: value of headers.
    [GeneratedRegex(@"(?<name>[\w.\-]+(?: [\w.\-]+)?)(?<is>\s*=\s*|:\s*)(?<value>(?:Bearer |Basic )?[^&;\s]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    // Tokens of GitHub, GitLab, Hugging Face, OpenAI, Slack, AWS and Google, and JSON web tokens.
    [GeneratedRegex(@"\b(?:gh[pousr]_|github_pat_|glpat-|hf_|sk-|xox[abprs]-|AKIA|ASIA|AIza|eyJ)[\w\-.]{8,}", RegexOptions.CultureInvariant)]
    private static partial Regex KnownForms();
}
