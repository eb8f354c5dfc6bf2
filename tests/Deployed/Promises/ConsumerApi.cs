using DataToEvents.Deployed.Tests.Wiring;

namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>The consumer's HTTP API, asked by the driver, signed.</summary>
internal sealed class ConsumerApi(string url, string region)
{
    /// <summary>The response to a request without a signature.</summary>
    public async Task<int> StatusOfStrangersAsync(string path)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{url}/api{path}"));
        return (int)answer.StatusCode;
    }

    public async Task<List<ApiAnswer>> AskAsync(IEnumerable<string> paths)
    {
        var output = await Driver.RunAsync("ask_api.py", [$"{url}/api", region], string.Join('\n', paths));
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(answer => new ApiAnswer(answer.GetProperty("path").GetString()!, answer.GetProperty("status").GetInt32(), answer.GetProperty("body").GetBytesFromBase64()))];
    }
}

/// <param name="Path">The path that was called.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body's bytes.</param>
internal sealed record ApiAnswer(string Path, int Status, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 1_200 }).RootElement;
}
