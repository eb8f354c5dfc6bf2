using Amazon.Lambda.KinesisFirehoseEvents;

namespace DataToEvents.Functions.Transformer;

/// <summary>
/// Firehose's event and answer between JSON and Amazon's classes without the base64 text that those hold: an event is up to 6 MB of it (docs/adr/0018).
/// The function also takes what Amazon's own serializer reads.
/// </summary>
public sealed class FirehoseSerializer : ILambdaSerializer
{
    // Written in pieces: the writer would otherwise hold the whole answer before the first byte goes on.
    private const int FlushBytes = 32 * 1024;

    // The runtime client leaves an array of the event's size behind. Large arrays are collected late, so that several would stand in memory at a time.
    private const int LargeEventBytes = 3 * 1_048_576;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public T Deserialize<T>(Stream requestStream)
    {
        if (requestStream.Length > LargeEventBytes)
        {
            GC.Collect();
        }

        return (T)(object)FirehoseEventReader.Read(requestStream);
    }

    public void Serialize<T>(T response, Stream responseStream)
    {
        var answer = response as DecodedResponse ?? throw new ArgumentException($"A {typeof(T)} is not what the Transformer answers.", nameof(response));
        Write(answer, responseStream);
        answer.Arena.Dispose();
    }

    private static void Write(DecodedResponse answer, Stream stream)
    {
        using var buffer = new PooledBytes(2 * FlushBytes);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteStartArray("records"u8);
        foreach (var record in answer.Records)
        {
            Write(record, json);
            if (buffer.Length + json.BytesPending > FlushBytes)
            {
                Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        Flush();

        void Flush()
        {
            json.Flush();
            stream.Write(buffer.Written.Span);
            buffer.Clear();
        }
    }

    private static void Write(KinesisFirehoseResponse.FirehoseRecord record, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("recordId"u8, record.RecordId);
        json.WriteString("result"u8, record.Result);
        if (record is DecodedResponseRecord { Data: { } data })
        {
            json.WriteBase64String("data"u8, data.Span);
        }

        json.WriteEndObject();
    }
}
