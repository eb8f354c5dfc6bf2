using System.Text.Json;
using DataToEvents.Adapters.Embedded.Doors.Json;
using DataToEvents.Adapters.Embedded.Queue;

namespace DataToEvents.Adapters.Embedded.Doors.Sqs;

/// <summary>SQS's JSON protocol before the engine's queues.</summary>
/// <param name="queues">The queues of the account.</param>
/// <param name="endpoint">What queue URLs begin with, such as <c>http://127.0.0.1:5080</c>; asked for with each call, as the port may be chosen late.</param>
public sealed class SqsService(IEnumerable<MessageQueue> queues, Func<string> endpoint) : IJsonService
{
    /// <summary>1 MiB of messages, even with most characters escaped.</summary>
    private const int MaxBody = 6 * 1024 * 1024;

    private const string LegacyPrefix = "AWS.SimpleQueueService.";

    private readonly SortedDictionary<string, MessageQueue> _queues =
        new(queues.ToDictionary(queue => queue.Options.Name), StringComparer.Ordinal);

    public string TargetPrefix => "AmazonSQS";

    public string ContentType => "application/x-amz-json-1.0";

    public string ErrorPrefix => "com.amazonaws.sqs#";

    public int MaxBodyBytes => MaxBody;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(request);
        try
        {
            await (operation switch
            {
                "SendMessage" => SqsSends.OneAsync(Find(call), call, answer),
                "SendMessageBatch" => SqsSends.BatchAsync(Find(call), call, answer),
                "ReceiveMessage" => SqsReceives.ReceiveAsync(Find(call), call, answer, cancellationToken),
                "DeleteMessage" => SqsReceives.DeleteAsync(Find(call), call, answer),
                "DeleteMessageBatch" => SqsReceives.DeleteBatchAsync(Find(call), call, answer),
                "ChangeMessageVisibility" => SqsReceives.ChangeVisibilityAsync(Find(call), call, answer),
                "GetQueueUrl" => WriteUrlAsync(call, answer),
                "GetQueueAttributes" => SqsAttributes.WriteAsync(Find(call), call, answer),
                "ListQueues" => ListAsync(call, answer),
                "PurgeQueue" => PurgeAsync(Find(call), answer),
                "StartMessageMoveTask" => MoveAsync(call, answer, cancellationToken),
                _ => throw new AwsException(AwsError.UnknownOperation with { Status = 400 }),
            });
        }
        catch (QueueException refused)
        {
            throw Error(refused.Code, refused.Message);
        }
    }

    internal static AwsException Error(string code, string message)
    {
        var type = code.StartsWith(LegacyPrefix, StringComparison.Ordinal) ? code[LegacyPrefix.Length..] : code;
        return new AwsException(new AwsError(400, type, message) { QueryCode = code });
    }

    internal static void WriteEmpty(Utf8JsonWriter answer)
    {
        answer.WriteStartObject();
        answer.WriteEndObject();
    }

    private Task WriteUrlAsync(JsonRequest call, Utf8JsonWriter answer)
    {
        var queue = Find(call.RequiredText("QueueName"));
        answer.WriteStartObject();
        answer.WriteString("QueueUrl", UrlOf(queue));
        answer.WriteEndObject();
        return Task.CompletedTask;
    }

    private Task ListAsync(JsonRequest call, Utf8JsonWriter answer)
    {
        var prefix = call.Text("QueueNamePrefix") ?? "";
        answer.WriteStartObject();
        answer.WriteStartArray("QueueUrls");
        foreach (var queue in _queues.Values.Where(queue => queue.Options.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            answer.WriteStringValue(UrlOf(queue));
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
        return Task.CompletedTask;
    }

    private static async Task PurgeAsync(MessageQueue queue, Utf8JsonWriter answer)
    {
        await queue.PurgeAsync();
        WriteEmpty(answer);
    }

    /// <summary>SQS moves in the background; here the answer comes when the messages are where they belong.</summary>
    private async Task MoveAsync(JsonRequest call, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        var from = ByArn(call.RequiredText("SourceArn"));
        var to = call.Text("DestinationArn") is { } destination
            ? ByArn(destination)
            : _queues.Values.FirstOrDefault(queue => queue.Options.Redrive?.DeadLetterQueue == from)
                ?? throw Error("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.");
        await from.RedriveAsync(to, cancellationToken);
        answer.WriteStartObject();
        answer.WriteString("TaskHandle", from.Options.Name);
        answer.WriteEndObject();
    }

    private string UrlOf(MessageQueue queue) => $"{endpoint()}/{queue.Options.AccountId}/{queue.Options.Name}";

    private MessageQueue Find(JsonRequest call)
    {
        var url = call.RequiredText("QueueUrl");
        return Find(url[(url.LastIndexOf('/') + 1)..]);
    }

    private MessageQueue ByArn(string arn) => Find(arn[(arn.LastIndexOf(':') + 1)..]);

    private MessageQueue Find(string name) => _queues.TryGetValue(name, out var queue)
        ? queue
        : throw new AwsException(new AwsError(400, "QueueDoesNotExist", "The specified queue does not exist.") { QueryCode = LegacyPrefix + "NonExistentQueue" });
}
