using System.Text.Json;
using DataToEvents.Adapters.Embedded.Bus;
using DataToEvents.Adapters.Embedded.Objects;
using DataToEvents.Adapters.Embedded.Queue;
using DataToEvents.Adapters.Embedded.Table;

namespace DataToEvents.Hosting;

/// <summary>The rule's dead-letter queue: the event and why it was given up, in one message.</summary>
internal sealed class RuleDeadLetters(MessageQueue queue) : IDeadLetterQueue
{
    public async Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        var outcomes = await queue.SendBatchAsync([new SendEntry(null, null, Body(eventJson, attributes))]);
        if (outcomes[0].Error is { } error)
        {
            throw new QueueException(error.Code, error.Message);
        }
    }

    private static byte[] Body(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes)
    {
        using var body = new MemoryStream();
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartObject("attributes");
        foreach (var (name, value) in attributes)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WritePropertyName("event");
        json.WriteRawValue(eventJson.Span, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return body.ToArray();
    }
}

/// <summary>Stream records that the emitter was given up on, as Lambda's S3 destination would have them.</summary>
public sealed class OnFailureObjects(ObjectBucket bucket) : IOnFailureDestination
{
    public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        bucket.PutAsync($"on-failure/{key}", body, cancellationToken);
}
