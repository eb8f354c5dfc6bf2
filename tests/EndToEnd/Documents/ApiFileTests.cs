namespace DataToEvents.EndToEnd.Tests.Documents;

/// <summary>docs/api: the requests that people send with their editor, and the API's description, against a running host.</summary>
public sealed class ApiFileTests : IAsyncLifetime
{
    private const string Large = "e-large";

    private readonly DataFolder _folder = new();
    private RunningHost _host = null!;
    private string _payload = "";

    public async Task InitializeAsync()
    {
        _host = await RunningHost.StartAsync(_folder.Data);
        await _host.PutAsync([.. Enumerable.Range(0, 30).Select(TestOrders.Order), TestOrders.Order(1).Replace("e-1", Large, StringComparison.Ordinal).Replace("null", $"\"{new string('x', 300_000)}\"", StringComparison.Ordinal)]);
        await _host.AwaitDeliveredAsync(31);
        using var large = JsonDocument.Parse(await _host.Client.GetStringAsync($"api/events?id={Large}"));
        _payload = large.RootElement.GetProperty("events")[0].GetProperty("dataref").GetString()!.Split('/')[^1];
    }

    public Task DisposeAsync()
    {
        _host.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Each_request_of_the_file_is_answered_and_each_operation_of_the_description_has_one()
    {
        var operations = Operations();
        foreach (var request in File.ReadLines(PathOf("events.http")).Where(line => line.StartsWith("GET ", StringComparison.Ordinal)))
        {
            var target = request["GET {{host}}/".Length..].Replace("PAYLOAD", _payload, StringComparison.Ordinal);
            using var response = await _host.Client.GetAsync(new Uri($"api/{target}", UriKind.Relative));
            var body = await response.Content.ReadAsStringAsync();

            response.StatusCode.Should().Be(System.Net.HttpStatusCode.OK, "{0} was answered with {1}", request, body);
            if (response.Content.Headers.ContentType!.MediaType == "application/json")
            {
                using var json = JsonDocument.Parse(body);
                (json.RootElement.TryGetProperty("events", out var events) && (events.ValueKind == JsonValueKind.Number || events.GetArrayLength() > 0)).Should().BeTrue("{0} should find something, and found {1}", request, body);
            }

            operations.RemoveAll(operation => Matches(operation, target.Split('?')[0]));
        }

        operations.Should().BeEmpty();
    }

    [Fact]
    public async Task A_history_is_read_page_by_page_as_the_description_says()
    {
        var ids = new List<string>();
        for (string? after = ""; after is not null;)
        {
            using var page = JsonDocument.Parse(await _host.Client.GetStringAsync($"api/streams/order-1/events?limit=1&after={after}"));
            ids.AddRange(page.RootElement.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            after = page.RootElement.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        ids.Should().Equal("e-1", "e-11", "e-21", Large);
    }

    private static List<string> Operations()
    {
        using var description = JsonDocument.Parse(File.ReadAllText(PathOf("openapi.json")));
        return [.. description.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name)];
    }

    private static bool Matches(string operation, string path)
    {
        var (expected, actual) = (operation.Trim('/').Split('/'), path.Trim('/').Split('/'));
        return expected.Length == actual.Length && expected.Zip(actual).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    private static string PathOf(string name) => Path.Combine(BuiltTools.Root, "docs", "api", name);
}
