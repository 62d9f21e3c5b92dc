namespace TorchBoard.Server.Http;

/// <summary>The requests of the page. A new kind of values adds its lines here.</summary>
internal static class Routes
{
    /// <summary>The answers by path, which must match exactly. They may be called from any thread.</summary>
    public static IReadOnlyDictionary<string, Func<ApiRequest, ApiAnswer>> Answers { get; } =
        new Dictionary<string, Func<ApiRequest, ApiAnswer>>(Kinds.KindRoutes.Answers, StringComparer.Ordinal)
        {
            ["/api/hyperparameters"] = TrialList.Answer,
            ["/api/metrics"] = MetricValues.Answer,
            ["/api/runs"] = RunList.Answer,
            ["/api/scalars"] = ScalarPoints.Answer,
        };
}
