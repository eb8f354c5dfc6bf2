namespace DataToEvents.EndToEnd.Tests.Security;

/// <summary>Logs have ids and reasons, and never payloads. Nothing in a record makes the host write outside of the data directory.</summary>
public sealed class QuietLogTests : IDisposable
{
    private const string Secret = "TOP-SECRET-4711";

    private static readonly byte[][] Records =
    [
        Utf8(Order("e-1", Secret)),
        Utf8(Order("e-1", $"{Secret} in a conflict")),
        Utf8(Order("../../../../e-2", Secret)),
        Utf8(Order("../../../../e-2", $"{Secret} in a conflict that would like to lie elsewhere")),
        Utf8($$"""{"specversion":"1.0","id":"{{new string('i', 600)}}","source":"/s","type":"t","subject":"../../s","data":"{{Secret}} under an id that is too long"}"""),
        Utf8($$"""{"specversion":"1.0","id":"x","source":"no reference at all <>","type":"t","data":"{{Secret}}"}"""),
        Utf8($$"""{"broken":"{{Secret}}"""),
        Utf8($"{Secret} is no JSON"),
        [0xFF, 0xFE, .. Utf8(Secret)],
        Utf8($"\"{string.Concat(Enumerable.Repeat(Secret, 40_000))}\""),
    ];

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task No_payload_is_in_any_log_and_nothing_lies_outside_of_the_data_directory(string mode)
    {
        using var host = await RunningHost.ObserveAsync(_folder.Data, mode, new Dictionary<string, string>());
        await host.PutAsync(Records);
        await CallAsync(host, "AmazonSQS.SendMessage", "1.0", new { QueueUrl = $"{host.Url}/000000000000/data-events-queue.fifo", MessageBody = $"{Secret} is no event", MessageGroupId = "g", MessageDeduplicationId = "d" });
        await CallAsync(host, "AWSEvents.PutEvents", "1.1", new { Entries = new[] { new { Source = "datatoevents.insert", DetailType = "DataInserted", EventBusName = "data-events-bus", Detail = JsonSerializer.Serialize(new { Secret }) } } });

        var output = (await host.EndAsync()).ToString();

        string.Join('\n', host.Said).Should().Contain("was put into the dead-letter queue", "a log that is empty proves nothing").And.NotContain(Secret);
        output.Should().NotContain(Secret);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(_folder.Data)!).Should().Equal(_folder.Data);
        Directory.GetFiles(Path.Combine(_folder.Data, "quarantine"), "*", SearchOption.AllDirectories).Should().NotBeEmpty();
    }

    private static string Order(string id, string text) => $$"""{"kind":"order","orderId":"1","eventId":"{{id}}","total":1.0,"text":"{{text}}"}""";

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static Task<JsonElement> CallAsync(RunningHost host, string target, string version, object request) =>
        host.CallAsync(target, $"application/x-amz-json-{version}", JsonSerializer.Serialize(request));
}
