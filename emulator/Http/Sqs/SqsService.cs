using DataToEvents.Emulator.Http.Query;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>SQS's JSON protocol in front of the emulator's queues, and the older Query protocol.</summary>
public sealed class SqsService : IQueryService, IAsyncDisposable
{
    private const string LegacyPrefix = "AWS.SimpleQueueService.";

    /// <summary>The names of the JSON protocol for errors that the Query protocol names otherwise (recorded on AWS).</summary>
    private static readonly Dictionary<string, string> Types = new()
    {
        ["InvalidParameterValue"] = "InvalidParameterValueException",
        ["MissingParameter"] = "MissingRequiredParameterException",
        ["QueueAlreadyExists"] = "QueueNameExists",
        [LegacyPrefix + "NonExistentQueue"] = "QueueDoesNotExist",
    };

    private readonly QueueCalls _queues;
    private readonly MoveTasks _moves;

    /// <param name="queues">The queues of the account.</param>
    /// <param name="endpoint">Returns the beginning of queue URLs, such as <c>http://127.0.0.1:5080</c>. Called for each request, because the port may be chosen late.</param>
    public SqsService(QueueCatalog queues, Func<string> endpoint)
    {
        _queues = new QueueCalls(queues, endpoint);
        _moves = new MoveTasks(queues.ByArn, from => _queues.SourcesOf(from).Any());
    }

    public string TargetPrefix => "AmazonSQS";

    public string ContentType => "application/x-amz-json-1.0";

    public string ErrorPrefix => "com.amazonaws.sqs#";

    /// <summary>Room for 1 MiB of messages, even with most characters escaped.</summary>
    public int MaxBodyBytes => 6 * 1024 * 1024;

    public IReadOnlyDictionary<string, RequestShape> Operations => SqsShapes.Operations;

    public QueryForms Forms => SqsForms.All;

    public async Task AnswerAsync(string operation, Memory<byte> request, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        using var call = JsonRequest.Parse(this, operation, request);
        var response = operation switch
        {
            "SendMessage" => await SqsSends.OneAsync(_queues.Find(call), call),
            "SendMessageBatch" => await SqsSends.BatchAsync(_queues.Find(call), call),
            "ReceiveMessage" => await SqsReceives.ReceiveAsync(_queues.Find(call), call, cancellationToken),
            "DeleteMessage" => await SqsReceives.DeleteAsync(_queues.Find(call), call),
            "DeleteMessageBatch" => await SqsReceives.DeleteBatchAsync(_queues.Find(call), call),
            "ChangeMessageVisibility" => SqsReceives.ChangeVisibility(_queues.Find(call), call),
            "ChangeMessageVisibilityBatch" => SqsReceives.ChangeVisibilityBatch(_queues.Find(call), call),
            "CreateQueue" => await _queues.CreateAsync(call),
            "DeleteQueue" => await _queues.DeleteAsync(_queues.Find(call)),
            "PurgeQueue" => await _queues.PurgeAsync(_queues.Find(call)),
            "GetQueueUrl" => _queues.Url(call),
            "GetQueueAttributes" => QueueCalls.Attributes(_queues.Find(call), call),
            "SetQueueAttributes" => await _queues.SetAttributesAsync(_queues.Find(call), call),
            "ListQueues" => _queues.List(call),
            "ListDeadLetterSourceQueues" => _queues.ListSources(_queues.Find(call), call),
            "TagQueue" => await _queues.TagAsync(_queues.Find(call), call),
            "UntagQueue" => await _queues.UntagAsync(_queues.Find(call), call),
            "ListQueueTags" => QueueCalls.Tags(_queues.Find(call)),
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
        var type = Types.GetValueOrDefault(refused.Code) ?? (refused.Code.StartsWith(LegacyPrefix, StringComparison.Ordinal) ? refused.Code[LegacyPrefix.Length..] : refused.Code);
        var status = type switch
        {
            "ResourceNotFoundException" => 404,
            "PurgeQueueInProgress" => 403,
            _ => 400,
        };
        return new AwsError(status, type, refused.Message) { QueryCode = refused.Code };
    }
}
