using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.Shared;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>DynamoDB's protocol (docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html).</summary>
internal static class DynamoDbCalls
{
    private static readonly JsonService Service = new("dynamodb", "DynamoDB_20120810", "application/x-amz-json-1.0");
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="config">The SDK's.</param>
    /// <param name="pauses">Before another try; null: the caller sees to it.</param>
    public static JsonCalls Open(AmazonDynamoDBConfig config, Pauses? pauses = null) => new(config, Service, new BatchExecuteStatementRequest(), pauses);

    /// <param name="calls">From <see cref="Open"/>.</param>
    /// <param name="operation">DynamoDB's.</param>
    /// <param name="bytes">About how many the request takes.</param>
    /// <param name="request">Writes its members.</param>
    /// <param name="cancellationToken">Cancels the call; whether it took effect is then unknown.</param>
    /// <returns>The answer's body, to be disposed of.</returns>
    public static async Task<PooledBytes> CallAsync(
        this JsonCalls calls, string operation, int bytes, Action<Utf8JsonWriter> request, CancellationToken cancellationToken)
    {
        using var body = new PooledBytes(bytes);
        using (var json = new Utf8JsonWriter(body, Json))
        {
            json.WriteStartObject();
            request(json);
            json.WriteEndObject();
        }

        return await calls.CallAsync(operation, body, cancellationToken);
    }

    public static void WriteKey(this Utf8JsonWriter json, ItemKey key)
    {
        json.WriteAttribute(EventItem.PartitionKey, key.Partition);
        json.WriteAttribute(EventItem.SortKey, key.Sort);
    }

    public static void WriteAttribute(this Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("S"u8, text);
        json.WriteEndObject();
    }

    public static void WriteAttribute(this Utf8JsonWriter json, string name, long number)
    {
        json.WriteStartObject(name);
        json.WriteString("N"u8, number.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>What expressions call the attributes, some of whose names are DynamoDB's own words: <c>#name</c>.</summary>
    public static void WriteNames(this Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        json.WriteStartObject("ExpressionAttributeNames"u8);
        foreach (var name in names)
        {
            json.WriteString($"#{name}", name);
        }

        json.WriteEndObject();
    }
}
