namespace TorchBoard.Stores.Tests.Servers;

/// <summary>A request that passed a proxy.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The path and query.</param>
/// <param name="Sent">The bytes of its content.</param>
internal sealed record ProxiedRequest(string Method, string Target, long Sent)
{
    /// <summary>The bytes of the content of the answer.</summary>
    public long Received { get; set; }

    /// <summary>Whether it lists, which S3 and Azure both say by the query.</summary>
    public bool IsList => Target.Contains("list-type=2", StringComparison.Ordinal)
        || Target.Contains("comp=list", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Target} ↑{Sent} ↓{Received}";
}
