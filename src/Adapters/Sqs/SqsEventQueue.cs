using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.Sqs;

/// <summary>The queue as an SQS FIFO queue: a stream is a message group, the body is the envelope.</summary>
/// <param name="config">The SDK's, with its region, endpoint, credentials and HTTP client.</param>
/// <param name="options">Which queue.</param>
public sealed class SqsEventQueue(AmazonSQSConfig config, SqsOptions options) : IEventQueue
{
    // Ids, keys and punctuation of an entry, and the quotes in its body that JSON escapes.
    private const int BytesAroundBody = 768;

    private static readonly JsonService Service = new("sqs", "AmazonSQS", "application/x-amz-json-1.0");
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly JsonCalls _calls = new(config, Service, new SendMessageBatchRequest { QueueUrl = options.QueueUrl });

    /// <summary>To be called at start-up.</summary>
    /// <exception cref="InvalidOperationException">There is no such queue.</exception>
    public async Task EnsureQueueExistsAsync(CancellationToken cancellationToken)
    {
        using var body = new PooledBytes(BytesAroundBody);
        using (var json = new Utf8JsonWriter(body, Json))
        {
            json.WriteStartObject();
            json.WriteString("QueueUrl"u8, options.QueueUrl);
            json.WriteEndObject();
        }

        using var answer = await CallAsync("GetQueueAttributes", body, cancellationToken);
    }

    /// <exception cref="InvalidOperationException">There is no such queue.</exception>
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        using var body = Request(batch);

        // The answer's MD5 digests are not compared: the signature covers the SHA-256 of the body, so SQS refuses one that was changed on its way.
        using var answer = await CallAsync("SendMessageBatch", body, cancellationToken);
        return SendAnswer.Read(answer.Written.Span, batch.Count);
    }

    private async Task<PooledBytes> CallAsync(string operation, PooledBytes body, CancellationToken cancellationToken)
    {
        try
        {
            return await _calls.CallAsync(operation, body, cancellationToken);
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode == "QueueDoesNotExist")
        {
            throw new InvalidOperationException($"There is no queue {options.QueueUrl} ({SqsOptions.Variable}).", fault);
        }
    }

    private PooledBytes Request(IReadOnlyList<DataEvent> batch)
    {
        var body = new PooledBytes(batch.Sum(sent => sent.Envelope.Length + BytesAroundBody));
        using var json = new Utf8JsonWriter(body, Json);
        json.WriteStartObject();
        json.WriteString("QueueUrl"u8, options.QueueUrl);
        json.WriteStartArray("Entries"u8);
        Span<byte> deduplicationId = stackalloc byte[MessageKeys.DeduplicationIdLength];
        var trace = (Parent: (string?)null, Header: (string?)null);
        for (var i = 0; i < batch.Count; i++)
        {
            MessageKeys.DeduplicationId(batch[i], deduplicationId);
            // Most events of a batch share the trace of its invocation.
            trace = trace.Parent == batch[i].TraceParent ? trace : (batch[i].TraceParent, TraceHeader(batch[i].TraceParent));
            json.WriteStartObject();
            json.WriteString("Id"u8, i.ToString(CultureInfo.InvariantCulture));
            json.WriteString("MessageGroupId"u8, MessageKeys.GroupId(batch[i].Stream));
            json.WriteString("MessageDeduplicationId"u8, deduplicationId);
            WriteTrace(json, trace.Header);
            json.WriteQuotedJson("MessageBody"u8, batch[i].Envelope.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return body;
    }

    /// <summary>X-Ray joins the segments of sender and receiver by it. A trace that is not recorded has none: it travels in the envelope only.</summary>
    private static string? TraceHeader(string? traceParent) => TraceParent.IsRecorded(traceParent) ? TraceParent.ToXRay(traceParent) : null;

    private static void WriteTrace(Utf8JsonWriter json, string? header)
    {
        if (header is not null)
        {
            json.WriteStartObject("MessageSystemAttributes"u8);
            json.WriteStartObject("AWSTraceHeader"u8);
            json.WriteString("DataType"u8, "String"u8);
            json.WriteString("StringValue"u8, header);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
