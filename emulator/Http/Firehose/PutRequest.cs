using System.Buffers.Text;

namespace DataToEvents.Emulator.Http.Firehose;

/// <summary>The body of PutRecord or PutRecordBatch. Data is decoded in place, so that the records are slices of the request.</summary>
internal sealed class PutRequest
{
    private readonly List<ReadOnlyMemory<byte>> _records = [];

    private PutRequest()
    {
    }

    public string? StreamName { get; private set; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Records => _records;

    /// <param name="operation">PutRecord or PutRecordBatch.</param>
    /// <param name="json">The request. It is overwritten.</param>
    /// <exception cref="JsonException">The JSON is not that of such a call.</exception>
    /// <exception cref="AwsException">The call has a member that is not read here.</exception>
    public static PutRequest Read(string operation, Memory<byte> json)
    {
        var request = new PutRequest();
        var data = new List<Range>();
        request.Read(operation, json.Span, data);

        // Decoding overwrites the JSON, so all of the JSON is read first.
        foreach (var place in data)
        {
            request._records.Add(Decode(json[place]));
        }

        return request;
    }

    private void Read(string operation, ReadOnlySpan<byte> json, List<Range> data)
    {
        var isBatch = operation == FirehoseService.PutRecordBatch;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("DeliveryStreamName"u8))
            {
                reader.Read();
                Expect(ref reader, JsonTokenType.String);
                StreamName = reader.GetString();
            }
            else if (!isBatch && reader.ValueTextEquals("Record"u8))
            {
                reader.Read();
                data.Add(ReadRecord(ref reader));
            }
            else if (isBatch && reader.ValueTextEquals("Records"u8))
            {
                ReadRecords(ref reader, data);
            }
            else
            {
                SkipNull(ref reader, operation);
            }
        }
    }

    /// <summary>AWS treats null as a missing member.</summary>
    private static void SkipNull(ref Utf8JsonReader reader, string owner)
    {
        var name = reader.GetString()!;
        reader.Read();
        if (reader.TokenType != JsonTokenType.Null)
        {
            throw RequestShape.NotSupported(owner, name);
        }
    }

    private static void ReadRecords(ref Utf8JsonReader reader, List<Range> data)
    {
        reader.Read();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            data.Add(ReadRecord(ref reader));
        }
    }

    private static Range ReadRecord(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        Range? data = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("Data"u8))
            {
                reader.Read();
                Expect(ref reader, JsonTokenType.String);
                var start = (int)reader.TokenStartIndex + 1;
                data = start..(int)(reader.BytesConsumed - 1);
            }
            else
            {
                SkipNull(ref reader, "Record");
            }
        }

        return data ?? throw new JsonException("A record has no Data.");
    }

    /// <summary>Some JSON writers escape the slash or the plus of base64. Such texts are unescaped first.</summary>
    private static ReadOnlyMemory<byte> Decode(Memory<byte> text)
    {
        if (text.Span.Contains((byte)'\\'))
        {
            return Unescape(text.Span);
        }

        var status = Base64.DecodeFromUtf8InPlace(text.Span, out var length);
        return status == OperationStatus.Done ? text[..length] : throw new JsonException("Data is not base64.");
    }

    private static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        byte[] quoted = [(byte)'"', .. text, (byte)'"'];
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.TryGetBytesFromBase64(out var data) ? data : throw new JsonException("Data is not base64.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"Expected {type}, found {reader.TokenType}.");
        }
    }
}
