namespace DataToEvents.Benchmarks.Functions;

/// <summary>The events that Lambda would pass. Every event has fresh ids, so that nothing is a duplicate.</summary>
internal sealed class Events(int recordSize)
{
    private const long Arrival = 1_767_225_600_000;

    // Lambda escapes a quote as \", and nothing that JSON lets stand.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private long _next;

    public byte[] Firehose(int records, int streams) => Write(json =>
    {
        json.WriteString("invocationId", Guid.NewGuid());
        json.WriteString("deliveryStreamArn", "arn:aws:firehose:us-east-1:123456789012:deliverystream/data-events-stream");
        json.WriteString("region", "us-east-1");
        json.WriteStartArray("records");
        for (var i = 0; i < records; i++)
        {
            json.WriteStartObject();
            json.WriteString("recordId", $"4957267222366551442280524692665495463097248605953589{i:D4}000000");
            json.WriteNumber("approximateArrivalTimestamp", Arrival + i);
            json.WriteBase64String("data", Payload(i % streams));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public byte[] Sqs(int messages, int streams) => Write(json =>
    {
        json.WriteStartArray("Records");
        for (var i = 0; i < messages; i++)
        {
            json.WriteStartObject();
            json.WriteString("messageId", Guid.NewGuid());
            json.WriteString("receiptHandle", $"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a{i}");
            json.WriteString("body", Envelope(i % streams));
            json.WriteString("md5OfBody", "e4e68fb7bd0e697a0ae8f1bb342846b3");
            json.WriteString("eventSource", "aws:sqs");
            json.WriteString("eventSourceARN", "arn:aws:sqs:us-east-1:123456789012:data-events-queue.fifo");
            json.WriteString("awsRegion", "us-east-1");
            json.WriteStartObject("attributes");
            json.WriteString("MessageGroupId", $"order-{i % streams}");
            json.WriteString("SequenceNumber", $"188494964604676961{_next:D6}");
            json.WriteString("MessageDeduplicationId", Guid.NewGuid().ToString("N"));
            json.WriteString("ApproximateReceiveCount", "1");
            json.WriteString("SentTimestamp", "1767225600000");
            json.WriteEndObject();
            json.WriteStartObject("messageAttributes");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public byte[] Changes(int records, int streams) => Write(json =>
    {
        json.WriteStartArray("Records");
        for (var i = 0; i < records; i++)
        {
            json.WriteStartObject();
            json.WriteString("eventID", Guid.NewGuid().ToString("N"));
            json.WriteString("eventName", "INSERT");
            json.WriteString("eventVersion", "1.1");
            json.WriteString("eventSource", "aws:dynamodb");
            json.WriteString("awsRegion", "us-east-1");
            json.WriteString("eventSourceARN", "arn:aws:dynamodb:us-east-1:123456789012:table/data-events/stream/2026-01-01T00:00:00.000");
            json.WriteStartObject("dynamodb");
            json.WriteNumber("ApproximateCreationDateTime", 1_767_225_600);
            json.WriteString("SequenceNumber", $"14054000000000020{_next:D8}");
            json.WriteNumber("SizeBytes", recordSize + 300);
            json.WriteString("StreamViewType", "NEW_AND_OLD_IMAGES");
            Image(json, "Keys", ("pk", $"order-{i % streams}"), ("sk", $"{_next}"));
            Image(json, "NewImage", ("pk", $"order-{i % streams}"), ("sk", $"{_next}"), ("seq", $"188494964604676961{_next:D6}"), ("type", "order"),
                ("time", "2026-01-01T00:00:00Z"), ("hash", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"), ("envelope", Envelope(i % streams)));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public byte[] Delivery() => Write(json =>
    {
        json.WriteString("version", "0");
        json.WriteString("id", Guid.NewGuid());
        json.WriteString("detail-type", "order");
        json.WriteString("source", "datatoevents");
        json.WriteString("account", "123456789012");
        json.WriteString("time", "2026-01-01T00:00:00Z");
        json.WriteString("region", "us-east-1");
        json.WriteStartArray("resources");
        json.WriteEndArray();
        json.WritePropertyName("detail");
        json.WriteRawValue(Envelope(0));
    });

    private static void Image(Utf8JsonWriter json, string name, params (string Name, string Text)[] attributes)
    {
        json.WriteStartObject(name);
        foreach (var (attribute, text) in attributes)
        {
            json.WriteStartObject(attribute);
            json.WriteString("S", text);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private string Envelope(int stream)
    {
        var payload = Encoding.UTF8.GetString(Payload(stream));
        return $$"""{"specversion":"1.0","id":"event-{{_next}}","source":"urn:datatoevents","type":"order","subject":"order-{{stream}}","time":"2026-01-01T00:00:00Z","dteacceptedtime":"2026-01-01T00:00:00.000Z","datacontenttype":"application/json","data":{{payload}}}""";
    }

    private byte[] Payload(int stream)
    {
        var number = _next++;
        return Write(json =>
        {
            json.WriteString("eventId", $"event-{number}");
            json.WriteString("orderId", $"{stream}");
            json.WriteString("kind", "order");
            for (var member = 0; json.BytesCommitted + json.BytesPending < recordSize - 34; member++)
            {
                json.WriteString($"member{member}", $"value {(number * 31) + member}");
            }
        });
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, Json);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.ToArray();
    }
}
