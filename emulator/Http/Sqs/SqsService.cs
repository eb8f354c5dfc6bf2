using System.Text.Json;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>SQS's JSON protocol before the engine's queues.</summary>
public sealed class SqsService : IJsonService, IAsyncDisposable
{
    /// <summary>1 MiB of messages, even with most characters escaped.</summary>
    private const int MaxBody = 6 * 1024 * 1024;

    private const string LegacyPrefix = "AWS.SimpleQueueService.";

    private readonly SortedDictionary<string, MessageQueue> _queues;
    private readonly Func<string> _endpoint;
    private readonly MoveTasks _moves;

    /// <param name="queues">The queues of the account.</param>
    /// <param name="endpoint">What queue URLs begin with, such as <c>http://127.0.0.1:5080</c>; asked for with each call, as the port may be chosen late.</param>
    public SqsService(IEnumerable<MessageQueue> queues, Func<string> endpoint)
    {
        _queues = new(queues.ToDictionary(queue => queue.Options.Name), StringComparer.Ordinal);
        _endpoint = endpoint;
        _moves = new MoveTasks(ByArn, from => SourcesOf(from).FirstOrDefault());
    }

    public string TargetPrefix => "AmazonSQS";

    public string ContentType => "application/x-amz-json-1.0";

    public string ErrorPrefix => "com.amazonaws.sqs#";

    public int MaxBodyBytes => MaxBody;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(request);
        try
        {
            await AnswerAsync(operation, call, answer, cancellationToken);
        }
        catch (QueueException refused)
        {
            throw Error(refused.Code, refused.Message);
        }
    }

    private async Task AnswerAsync(string operation, JsonRequest call, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case "SendMessage":
                await SqsSends.OneAsync(Find(call), call, answer);
                break;
            case "SendMessageBatch":
                await SqsSends.BatchAsync(Find(call), call, answer);
                break;
            case "ReceiveMessage":
                await SqsReceives.ReceiveAsync(Find(call), call, answer, cancellationToken);
                break;
            case "DeleteMessage":
                await SqsReceives.DeleteAsync(Find(call), call, answer);
                break;
            case "DeleteMessageBatch":
                await SqsReceives.DeleteBatchAsync(Find(call), call, answer);
                break;
            case "ChangeMessageVisibility":
                await SqsReceives.ChangeVisibilityAsync(Find(call), call, answer);
                break;
            case "ChangeMessageVisibilityBatch":
                SqsReceives.ChangeVisibilityBatch(Find(call), call, answer);
                break;
            case "PurgeQueue":
                await PurgeAsync(Find(call), answer);
                break;
            default:
                await LookAsync(operation, call, answer);
                break;
        }
    }

    private async Task LookAsync(string operation, JsonRequest call, Utf8JsonWriter answer)
    {
        switch (operation)
        {
            case "GetQueueUrl":
                await WriteUrlAsync(call, answer);
                break;
            case "GetQueueAttributes":
                await SqsAttributes.WriteAsync(Find(call), call, answer);
                break;
            case "ListQueues":
                var prefix = call.Text("QueueNamePrefix") ?? "";
                WriteUrls(answer, "QueueUrls", _queues.Values.Where(queue => queue.Options.Name.StartsWith(prefix, StringComparison.Ordinal)));
                break;
            case "ListDeadLetterSourceQueues":
                WriteUrls(answer, "queueUrls", SourcesOf(Find(call)));
                break;
            case "StartMessageMoveTask":
                _moves.Start(call, answer);
                break;
            case "ListMessageMoveTasks":
                _moves.List(call, answer);
                break;
            case "CancelMessageMoveTask":
                _moves.Cancel(call, answer);
                break;
            default:
                throw new AwsException(AwsError.UnknownOperation with { Status = 400 });
        }
    }

    /// <summary>Ends the moves that run; what was not moved stays where it is.</summary>
    public ValueTask DisposeAsync() => _moves.DisposeAsync();

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

    private void WriteUrls(Utf8JsonWriter answer, string name, IEnumerable<MessageQueue> queues)
    {
        answer.WriteStartObject();
        answer.WriteStartArray(name);
        foreach (var queue in queues)
        {
            answer.WriteStringValue(UrlOf(queue));
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static async Task PurgeAsync(MessageQueue queue, Utf8JsonWriter answer)
    {
        await queue.PurgeAsync();
        WriteEmpty(answer);
    }

    private IEnumerable<MessageQueue> SourcesOf(MessageQueue deadLetters) => _queues.Values.Where(queue => queue.Options.Redrive?.DeadLetterQueue == deadLetters);

    private string UrlOf(MessageQueue queue) => $"{_endpoint()}/{queue.Options.AccountId}/{queue.Options.Name}";

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
