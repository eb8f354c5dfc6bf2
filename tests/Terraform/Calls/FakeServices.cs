using System.Net.Sockets;

namespace DataToEvents.Terraform.Tests.Calls;

/// <summary>An endpoint for all services. It keeps every call, and answers so that the functions make all calls that they can make.</summary>
internal sealed class FakeServices : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<ServiceCall> _calls = [];

    public FakeServices()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        Serving = ServeAsync();
    }

    public string Url { get; }

    private Task Serving { get; }

    public IReadOnlyList<ServiceCall> TakeCalls()
    {
        lock (_calls)
        {
            var taken = _calls.ToList();
            _calls.Clear();
            return taken;
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception) when (!_listener.IsListening)
            {
                return;
            }

            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var answer = Encoding.UTF8.GetBytes(Answer(context.Request, body.ToArray()));
            context.Response.ContentType = "application/x-amz-json-1.0";
            context.Response.Headers["x-amzn-RequestId"] = "request";
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }

    private string Answer(HttpListenerRequest http, byte[] body)
    {
        var operation = http.Headers["X-Amz-Target"]?.Split('.')[^1];
        var call = operation is null
            ? new ServiceCall(http.HttpMethod == "PUT" ? "PutObject" : "GetObject", http.Url!.AbsolutePath.TrimStart('/'), default)
            : new ServiceCall(operation, "", JsonDocument.Parse(body).RootElement);
        lock (_calls)
        {
            _calls.Add(call);
        }

        return operation is null ? "" : Answer(operation, JsonNode.Parse(body)!).ToJsonString();
    }

    private static JsonObject Answer(string operation, JsonNode request) => operation switch
    {
        "SendMessageBatch" => new() { ["Successful"] = Each(request["Entries"]!, Sent) },
        "PutEvents" => new() { ["FailedEntryCount"] = 0, ["Entries"] = Each(request["Entries"]!, _ => new JsonObject { ["EventId"] = "1" }) },
        "DescribeEventBus" => new() { ["Name"] = "bus" },

        // The item exists with other content and is not returned. The store has to read it, and to put the event into quarantine.
        "BatchExecuteStatement" => new() { ["Responses"] = Each(request["Statements"]!, _ => JsonNode.Parse("""{"Error":{"Code":"DuplicateItem","Message":"is there"}}""")!) },
        "BatchGetItem" => new() { ["Responses"] = new JsonObject(request["RequestItems"]!.AsObject().Select(table => KeyValuePair.Create(table.Key, (JsonNode?)Each(table.Value!["Keys"]!, Found)))) },
        "GetItem" => new() { ["Item"] = Found(request["Key"]!) },
        "Query" => new() { ["Items"] = new JsonArray(Found(new JsonObject { ["pk"] = request["ExpressionAttributeValues"]![":pk"]!.DeepClone(), ["sk"] = Text($"{request["ExpressionAttributeValues"]![":after"]?["S"]}1") })) },
        _ => [],
    };

    private static JsonArray Each(JsonNode items, Func<JsonNode, JsonNode> answer) => new([.. items.AsArray().Select(item => answer(item!))]);

#pragma warning disable CA5351 // SQS's own choice; the SDK compares it.
    private static JsonObject Sent(JsonNode entry) => new()
    {
        ["Id"] = entry["Id"]!.GetValue<string>(),
        ["MessageId"] = "1",
        ["SequenceNumber"] = "1",
        ["MD5OfMessageBody"] = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(entry["MessageBody"]!.GetValue<string>()))),
    };
#pragma warning restore CA5351

    /// <summary>An item with the attributes of all readers.</summary>
    private static JsonObject Found(JsonNode key)
    {
        var item = key.DeepClone().AsObject();
        foreach (var name in new[] { "hash", "type", "seq", "latest", "eventSk" })
        {
            item[name] = Text("other");
        }

        item["envelope"] = Text("{}");
        item["eventPk"] = key["pk"]!.DeepClone();
        item["events"] = item["streams"] = null;
        item["events"] = new JsonObject { ["N"] = "1" };
        item["streams"] = new JsonObject { ["N"] = "1" };
        return item;
    }

    private static JsonObject Text(string value) => new() { ["S"] = value };
}
