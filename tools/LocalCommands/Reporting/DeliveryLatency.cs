using DataToEvents.Domain;

namespace DataToEvents.Local.Reporting;

/// <summary>Measures the time from acceptance to delivery of every event that the consumer took.</summary>
internal sealed class DeliveryLatency(TimeProvider time)
{
    public LatencyHistogram Histogram { get; } = new();

    /// <param name="detail">The envelope of an event that the consumer took.</param>
    public void RecordDelivered(ReadOnlyMemory<byte> detail)
    {
        if (AcceptedTime(detail.Span) is { } accepted)
        {
            Histogram.Record(time.GetUtcNow() - accepted);
        }
    }

    /// <summary>The time of acceptance comes before the data in an envelope, so that the reading stops early.</summary>
    private static DateTimeOffset? AcceptedTime(ReadOnlySpan<byte> envelope)
    {
        var reader = new Utf8JsonReader(envelope, new JsonReaderOptions { MaxDepth = 1_010 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(ExtensionNames.AcceptedTime);
            reader.Read();
            if (found)
            {
                return Timestamp.TryParse(reader.GetString()!, out var time) ? time : null;
            }

            reader.Skip();
        }

        return null;
    }
}
