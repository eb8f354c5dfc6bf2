using System.Buffers.Text;

namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Reads the JSON that a transformation function answers: a verdict for each record, data decoded on the way.</summary>
internal static class TransformResponse
{
    /// <exception cref="JsonException">The answer is no JSON or not <c>{"records": [...]}</c>; it then judges no record at all.</exception>
    public static void Read(ReadOnlySpan<byte> answer, TransformBatch batch)
    {
        try
        {
            ReadAnswer(answer, batch);
        }
        catch (InvalidOperationException fault)
        {
            throw new JsonException("The answer holds an escape that is no Unicode text.", fault);
        }
    }

    private static void ReadAnswer(ReadOnlySpan<byte> answer, TransformBatch batch)
    {
        batch.Transformed.ResetWrittenCount();
        batch.Results.Clear();
        CollectionsMarshal.SetCount(batch.Results, batch.Records.Count);
        CollectionsMarshal.AsSpan(batch.Results).Clear();
        var json = new Utf8JsonReader(answer);
        json.Read();
        Expect(json.TokenType, JsonTokenType.StartObject);
        var hasRecords = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isRecords = json.ValueTextEquals("records"u8);
            json.Read();
            if (isRecords)
            {
                Expect(json.TokenType, JsonTokenType.StartArray);
                ReadRecords(ref json, batch);
                hasRecords = true;
            }

            json.Skip();
        }

        json.Read();
        if (!hasRecords)
        {
            throw new JsonException("The answer has no records.");
        }
    }

    private static void ReadRecords(ref Utf8JsonReader json, TransformBatch batch)
    {
        for (var expected = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; expected++)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var (id, verdict) = ReadRecord(ref json, batch);

            // Firehose documents no error for an id that it did not send. The record that was meant, if any, is missing.
            var place = id is { } known ? batch.Find(known, expected) : -1;
            if (place >= 0)
            {
                batch.Results[place] = batch.Results[place].Status == TransformStatus.Missing ? verdict : new TransformedRecord(TransformStatus.Duplicated);
            }
        }
    }

    private static (RecordId? Id, TransformedRecord Record) ReadRecord(ref Utf8JsonReader json, TransformBatch batch)
    {
        RecordId? id = null;
        var result = TransformStatus.Malformed;
        var data = new TransformedRecord(TransformStatus.Malformed);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("recordId"u8))
            {
                json.Read();
                id = ReadId(ref json);
            }
            else if (json.ValueTextEquals("result"u8))
            {
                json.Read();
                result = ReadResult(ref json);
            }
            else if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                data = ReadData(ref json, batch);
            }
            else
            {
                json.Read();
            }

            json.Skip();
        }

        return (id, result == TransformStatus.Ok ? data : new TransformedRecord(result));
    }

    private static RecordId? ReadId(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && RecordId.TryParse(json.ValueSpan, out var id) ? id : null;

    private static TransformStatus ReadResult(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String when json.ValueTextEquals("Ok"u8) => TransformStatus.Ok,
        JsonTokenType.String when json.ValueTextEquals("Dropped"u8) => TransformStatus.Dropped,
        JsonTokenType.String when json.ValueTextEquals("ProcessingFailed"u8) => TransformStatus.ProcessingFailed,
        _ => TransformStatus.Malformed,
    };

    private static TransformedRecord ReadData(ref Utf8JsonReader json, TransformBatch batch)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return new TransformedRecord(TransformStatus.Malformed);
        }

        var text = json.ValueIsEscaped ? Unescape(ref json) : json.ValueSpan;
        var start = batch.Transformed.WrittenCount;
        var target = batch.Transformed.GetSpan(Base64.GetMaxDecodedFromUtf8Length(text.Length) + 1);
        if (Base64.DecodeFromUtf8(text, target, out _, out var length) != System.Buffers.OperationStatus.Done)
        {
            return new TransformedRecord(TransformStatus.Malformed);
        }

        batch.Transformed.Advance(length);
        return new TransformedRecord(TransformStatus.Ok, start, length);
    }

    /// <summary>Serialisers that write the base64 as a string escape its plus signs.</summary>
    private static ReadOnlySpan<byte> Unescape(ref Utf8JsonReader json)
    {
        var unescaped = new byte[json.ValueSpan.Length];
        return unescaped.AsSpan(0, json.CopyString(unescaped));
    }

    private static void Expect(JsonTokenType actual, JsonTokenType expected)
    {
        if (actual != expected)
        {
            throw new JsonException($"The answer has {actual} where {expected} is expected.");
        }
    }
}
