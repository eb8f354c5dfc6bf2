using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.Runtime;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.EventBridge;

/// <summary>The bus as an EventBridge event bus.</summary>
/// <param name="config">The SDK's, with its region, endpoint, credentials and HTTP client.</param>
/// <param name="options">Which bus.</param>
public sealed class EventBridgePublisher(AmazonEventBridgeConfig config, EventBridgeOptions options) : IEventPublisher
{
    // Source, type, resources and punctuation of an entry, and the quotes in its detail that JSON escapes.
    private const int BytesAroundDetail = 768;

    private static readonly JsonService Service = new("events", "AWSEvents", "application/x-amz-json-1.1");
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly JsonCalls _calls = new(config, Service, new PutEventsRequest());

    /// <summary>To be called at start-up: PutEvents to a missing bus answers with success and an event id (facts.md, section 4).</summary>
    /// <exception cref="InvalidOperationException">There is no such bus.</exception>
    public async Task EnsureBusExistsAsync(CancellationToken cancellationToken)
    {
        using var body = new PooledBytes(BytesAroundDetail);
        using (var json = new Utf8JsonWriter(body, Json))
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, options.BusName);
            json.WriteEndObject();
        }

        try
        {
            using var answer = await _calls.CallAsync("DescribeEventBus", body, cancellationToken);
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode == nameof(ResourceNotFoundException))
        {
            throw new InvalidOperationException($"There is no event bus {options.BusName} ({EventBridgeOptions.Variable}).", fault);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Attempt>> PublishAsync(IReadOnlyList<IntegrationEvent> batch, CancellationToken cancellationToken)
    {
        using var body = Request(batch);
        using var answer = await _calls.CallAsync("PutEvents", body, cancellationToken);
        var attempts = PutAnswer.Read(answer.Written.Span);
        return attempts.Count == batch.Count
            ? attempts
            : throw new InvalidOperationException($"EventBridge answered {attempts.Count} of {batch.Count} entries.");
    }

    private PooledBytes Request(IReadOnlyList<IntegrationEvent> batch)
    {
        var body = new PooledBytes(batch.Sum(published => published.Detail.Length + BytesAroundDetail));
        using var json = new Utf8JsonWriter(body, Json);
        json.WriteStartObject();
        json.WriteStartArray("Entries"u8);
        foreach (var published in batch)
        {
            Write(published, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return body;
    }

    private void Write(IntegrationEvent published, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("EventBusName"u8, options.BusName);
        json.WriteString("Source"u8, IntegrationEvent.Source);
        json.WriteString("DetailType"u8, published.DetailType);
        json.WriteNumber("Time"u8, published.Time.ToUnixTimeMilliseconds() / 1_000m);
        json.WriteStartArray("Resources"u8);
        foreach (var resource in published.Resources)
        {
            json.WriteStringValue(resource);
        }

        json.WriteEndArray();
        if (published.TraceHeader is { } trace)
        {
            json.WriteString("TraceHeader"u8, trace);
        }

        json.WriteQuotedJson("Detail"u8, published.Detail.Span);
        json.WriteEndObject();
    }
}
