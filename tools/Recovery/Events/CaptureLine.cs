using DataToEvents.Adapters.Formats;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Recovery.Events;

/// <summary>Writes stored events as records that can be sent in again: one CloudEvent a line, with its payload inline.</summary>
/// <param name="bucket">Has the payloads that are too large for their events.</param>
/// <param name="mask">Whose masks hide values; null: nothing is hidden.</param>
/// <param name="renewed">Added to each id, so that no path takes the event for one that it knows; null: ids are kept.</param>
internal sealed class CaptureLine(Bucket bucket, EventCatalog? mask, string? renewed)
{
    /// <returns>The line, or why the event cannot be one.</returns>
    public async Task<(string? Refusal, ReadOnlyMemory<byte> Line)> WriteAsync(DataEvent item, CancellationToken cancellationToken)
    {
        var envelope = Publishing.Envelope.With(item.Envelope, renewed is null ? [] : [("id", Renewed(item))]);
        if (item.DataRef is { } reference && PayloadName.IsValid(reference.Split('/')[^1]))
        {
            var payload = await bucket.GetAsync(PayloadObject.KeyOf(reference.Split('/')[^1]), cancellationToken);
            envelope = Publishing.Envelope.WithData(envelope, payload, item.ContentType);
        }

        if (mask is not null)
        {
            var read = new RecordReader(mask).Read(envelope, item.AcceptedAt ?? item.OccurredAt).ToList();
            if (read is not [{ HasEnvelope: true } masked])
            {
                return ($"event {item.Id} of stream {item.Stream} was not masked: {(read is [{ Refusal: { } refusal }] ? refusal : "the catalog drops it")}", default);
            }

            envelope = Publishing.Envelope.With(masked.Inline().Envelope);
        }

        return envelope.Length <= FirehoseLimits.MaxRecordBytes
            ? (null, envelope)
            : ($"event {item.Id} of stream {item.Stream} has {Units.Count(envelope.Length, "byte")} with its payload, and a record {Units.Count(FirehoseLimits.MaxRecordBytes, "byte")} at most", default);
    }

    /// <summary>The same event gets the same new id in one capture. An id that would be too long is replaced by its hash.</summary>
    private string Renewed(DataEvent item)
    {
        var id = $"{item.Id}~{renewed}";
        return EventId.IsValid(id) ? id : $"~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Id.Value)))}~{renewed}";
    }
}
