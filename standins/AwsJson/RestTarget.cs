namespace AwsJson;

/// <summary>Where a request of a REST service goes.</summary>
internal sealed record RestTarget(string Method, string Path)
{
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();
}
