using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>SQS's JSON protocol in front of the emulator's queues.</summary>
public sealed class SqsService : IJsonService, IAsyncDisposable
{
    private const string LegacyPrefix = "AWS.SimpleQueueService.";

    private readonly SortedDictionary<string, MessageQueue> _queues;
    private readonly Func<string> _endpoint;
    private readonly MoveTasks _moves;

    /// <param name="queues">The queues of the account.</param>
    /// <param name="endpoint">Returns the beginning of queue URLs, such as <c>http://127.0.0.1:5080</c>. Called for each request, because the port may be chosen late.</param>
    public SqsService(IEnumerable<MessageQueue> queues, Func<string> endpoint)
    {
        _queues = new(queues.ToDictionary(queue => queue.Options.Name), StringComparer.Ordinal);
        _endpoint = endpoint;
        _moves = new MoveTasks(ByArn, from => SourcesOf(from).FirstOrDefault());
    }

    public string TargetPrefix => "AmazonSQS";

    public string ContentType => "application/x-amz-json-1.0";

    public string ErrorPrefix => "com.amazonaws.sqs#";

    /// <summary>Room for 1 MiB of messages, even with most characters escaped.</summary>
    public int MaxBodyBytes => 6 * 1024 * 1024;

    public IReadOnlyDictionary<string, RequestShape> Operations => SqsShapes.Operations;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(this, operation, request);
        var response = operation switch
        {
            "SendMessage" => await SqsSends.OneAsync(Find(call), call),
            "SendMessageBatch" => await SqsSends.BatchAsync(Find(call), call),
            "ReceiveMessage" => await SqsReceives.ReceiveAsync(Find(call), call, cancellationToken),
            "DeleteMessage" => await SqsReceives.DeleteAsync(Find(call), call),
            "DeleteMessageBatch" => await SqsReceives.DeleteBatchAsync(Find(call), call),
            "ChangeMessageVisibility" => SqsReceives.ChangeVisibility(Find(call), call),
            "ChangeMessageVisibilityBatch" => SqsReceives.ChangeVisibilityBatch(Find(call), call),
            "PurgeQueue" => await PurgeAsync(Find(call)),
            "GetQueueUrl" => new JsonObject { ["QueueUrl"] = UrlOf(Find(call.RequiredText("QueueName"))) },
            "GetQueueAttributes" => SqsAttributes.Of(Find(call), call),
            "ListQueues" => new JsonObject { ["QueueUrls"] = Urls(WithPrefix(call.Text("QueueNamePrefix") ?? "")) },
            "ListDeadLetterSourceQueues" => new JsonObject { ["queueUrls"] = Urls(SourcesOf(Find(call))) },
            "StartMessageMoveTask" => _moves.Start(call),
            "ListMessageMoveTasks" => _moves.List(call),
            "CancelMessageMoveTask" => _moves.Cancel(call),
            _ => throw new UnreachableException(),
        };
        response.WriteTo(answer);
    }

    /// <summary>Stops the running move tasks. Messages that were not moved stay where they are.</summary>
    public ValueTask DisposeAsync() => _moves.DisposeAsync();

    public AwsError Refusal(ServiceException refused)
    {
        var type = refused.Code.StartsWith(LegacyPrefix, StringComparison.Ordinal) ? refused.Code[LegacyPrefix.Length..] : refused.Code;
        return new AwsError(400, type, refused.Message) { QueryCode = refused.Code };
    }

    private static async Task<JsonObject> PurgeAsync(MessageQueue queue)
    {
        await queue.PurgeAsync();
        return [];
    }

    private JsonArray Urls(IEnumerable<MessageQueue> queues) => new([.. queues.Select(UrlOf)]);

    private IEnumerable<MessageQueue> WithPrefix(string prefix) => _queues.Values.Where(queue => queue.Options.Name.StartsWith(prefix, StringComparison.Ordinal));

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
