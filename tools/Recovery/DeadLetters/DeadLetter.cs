using Amazon.SQS.Model;

namespace DataToEvents.Recovery.DeadLetters;

/// <summary>A message of a dead-letter queue, and what can be read from it. Its body may be anything.</summary>
internal sealed class DeadLetter
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_010 };

    public DeadLetter(Message message)
    {
        Message = message;
        (Event, IsEncrypted) = Read(message.Body);
    }

    public Message Message { get; }

    public string Id => Message.MessageId;

    public string? Group => Message.Attributes?.GetValueOrDefault("MessageGroupId");

    public DateTimeOffset? Since => Message.Attributes?.GetValueOrDefault("SentTimestamp") is { } text
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(text, CultureInfo.InvariantCulture))
        : null;

    /// <summary>The event in the message: its body, or the detail of the bus's event in it. Null if there is none.</summary>
    public DataEvent? Event { get; }

    private bool IsEncrypted { get; }

    /// <summary>Why EventBridge gave the event up. SQS does not say why a message was given up.</summary>
    public string? Reason => Attribute("ERROR_CODE") is { } code
        ? $"{code}: {Attribute("ERROR_MESSAGE")} ({Attribute("EXHAUSTED_RETRY_CONDITION")}, retries: {Attribute("RETRY_ATTEMPTS")})"
        : IsEncrypted ? EncryptedEvent.Advice
        : Event is null ? "the body is no event" : null;

    private string? Attribute(string name) => Message.MessageAttributes?.GetValueOrDefault(name)?.StringValue;

    private static (DataEvent? Event, bool IsEncrypted) Read(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, AnyDepth);
            if (EncryptedEvent.IsIn(json.RootElement))
            {
                return (null, true);
            }

            // An envelope may have an extension of the name "detail", but not of the name "detail-type".
            var isOfBus = json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("detail-type", out _);
            var envelope = isOfBus && json.RootElement.TryGetProperty("detail", out var detail) ? detail : json.RootElement;
            return (DataEvent.Parse(Encoding.UTF8.GetBytes(envelope.GetRawText())), false);
        }
        catch (Exception none) when (none is JsonException or FormatException)
        {
            return (null, false);
        }
    }
}
