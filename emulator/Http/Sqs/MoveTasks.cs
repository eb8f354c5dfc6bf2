using System.Diagnostics.CodeAnalysis;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>StartMessageMoveTask, ListMessageMoveTasks, CancelMessageMoveTask: they redrive a dead-letter queue in the background, as SQS does.</summary>
internal sealed class MoveTasks(Func<string, MessageQueue?> byArn, Func<MessageQueue, bool> hasSources) : IAsyncDisposable
{
    /// <summary>Tasks in a listing. Source: Amazon SQS API Reference, "ListMessageMoveTasks".</summary>
    private const int MaxListed = 10;

    /// <summary>Messages a second. Source: Amazon SQS API Reference, "StartMessageMoveTask".</summary>
    private const int MaxRate = 500;

    private readonly Lock _gate = new();
    private readonly List<MessageMoveTask> _tasks = [];

    public JsonObject Start(JsonRequest call)
    {
        var from = Find(call.Required("SourceArn"), "SourceArn");
        if (!hasSources(from))
        {
            throw new ServiceException("InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.");
        }

        var to = call.Text("DestinationArn") is { } destination ? Find(destination, "DestinationArn") : null;
        MessageMoveTask task;
        lock (_gate)
        {
            if (_tasks.Exists(task => task.From == from && task.CurrentStatus is "RUNNING" or "CANCELLING"))
            {
                throw new ServiceException("InvalidParameterValue", "There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
            }

            task = new MessageMoveTask(from, to, byArn, Rate(call));
            _tasks.Insert(0, task);
        }

        return new JsonObject { ["TaskHandle"] = task.Handle };
    }

    public JsonObject List(JsonRequest call)
    {
        var from = Find(call.Required("SourceArn"), "SourceArn");
        var limit = Math.Clamp(call.Number("MaxResults") ?? 1, 1, MaxListed);
        lock (_gate)
        {
            return new JsonObject { ["Results"] = new JsonArray([.. _tasks.Where(task => task.From == from).Take(limit).Select(task => task.Describe())]) };
        }
    }

    public JsonObject Cancel(JsonRequest call)
    {
        var handle = call.Required("TaskHandle");
        Find(SourceOf(handle), "SourceArn");
        MessageMoveTask? task;
        lock (_gate)
        {
            task = _tasks.Find(task => task.Handle == handle);
        }

        if (task is not { CurrentStatus: "RUNNING" })
        {
            throw new ServiceException("ResourceNotFoundException", task is null ? "Task does not exist." : "Only active tasks can be cancelled.");
        }

        task.Cancel();
        return new JsonObject { ["ApproximateNumberOfMessagesMoved"] = task.Moved };
    }

    private MessageQueue Find(string arn, string parameter) =>
        byArn(arn) ?? throw new ServiceException("ResourceNotFoundException", $"The resource that you specified for the {parameter} parameter doesn't exist.");

    /// <summary>The ARN in a handle: as on AWS, it is the base64 of JSON with the task's id and its source.</summary>
    private static string SourceOf(string handle)
    {
        try
        {
            return (string?)JsonNode.Parse(Convert.FromBase64String(handle))?["sourceArn"] ?? throw new JsonException();
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException)
        {
            throw new ServiceException("InvalidParameterValue", "Value for parameter TaskHandle is invalid.");
        }
    }

    private static int? Rate(JsonRequest call) => call.Number("MaxNumberOfMessagesPerSecond") switch
    {
        null => null,
        >= 1 and <= MaxRate and var rate => rate,
        _ => throw new ServiceException("InvalidParameterValue", $"Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be 1 to {MaxRate}."),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var task in _tasks)
        {
            await task.DisposeAsync();
        }
    }

    private sealed class MessageMoveTask : IAsyncDisposable
    {
        private readonly CancellationTokenSource _cancel = new();
        private readonly MessageQueue? _to;
        private readonly Func<string, MessageQueue?> _byArn;
        private readonly int? _perSecond;
        private readonly long _toMove;
        private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();
        private readonly Task _running;
        private string? _failure;
        private long _moved;

        /// <param name="from">The dead-letter queue.</param>
        /// <param name="to">Gets the messages; null: each goes back to its source.</param>
        /// <param name="byArn">Finds the sources.</param>
        /// <param name="perSecond">How many messages a second at most; null: no limit.</param>
        public MessageMoveTask(MessageQueue from, MessageQueue? to, Func<string, MessageQueue?> byArn, int? perSecond)
        {
            (From, _to, _byArn, _perSecond, _toMove) = (from, to, byArn, perSecond, from.Stats.Depth);
            var handle = new JsonObject { ["taskId"] = Guid.NewGuid().ToString(), ["sourceArn"] = from.Options.Arn };
            Handle = Convert.ToBase64String(Encoding.UTF8.GetBytes(handle.ToJsonString()));
            _running = MoveAsync();
        }

        public MessageQueue From { get; }

        public string Handle { get; }

        public long Moved => Interlocked.Read(ref _moved);

        public string CurrentStatus => (_running.IsCompleted, _failure, _cancel.IsCancellationRequested) switch
        {
            (true, not null, _) => "FAILED",
            (true, _, true) => "CANCELLED",
            (true, _, _) => "COMPLETED",
            (_, _, true) => "CANCELLING",
            _ => "RUNNING",
        };

        public void Cancel() => _cancel.Cancel();

        public JsonObject Describe()
        {
            var status = CurrentStatus;
            var task = status == "RUNNING" ? new JsonObject { ["TaskHandle"] = Handle } : [];
            task["Status"] = status;
            task["SourceArn"] = From.Options.Arn;
            if (_to is not null)
            {
                task["DestinationArn"] = _to.Options.Arn;
            }

            if (_perSecond is { } rate)
            {
                task["MaxNumberOfMessagesPerSecond"] = rate;
            }

            task["ApproximateNumberOfMessagesMoved"] = Moved;
            task["ApproximateNumberOfMessagesToMove"] = _toMove;
            task["StartedTimestamp"] = _started.ToUnixTimeMilliseconds();
            if (_failure is not null)
            {
                task["FailureReason"] = _failure;
            }

            return task;
        }

        public async ValueTask DisposeAsync()
        {
            await _cancel.CancelAsync();
            await _running;
            _cancel.Dispose();
        }

        private void Moving(int moved) => Interlocked.Exchange(ref _moved, moved);

        [SuppressMessage("Design", "CA1031", Justification = "Not swallowed: the task's status and failure reason tell it.")]
        private async Task MoveAsync()
        {
            try
            {
                await (_to is null
                    ? From.RedriveToSourcesAsync(_byArn, _perSecond, Moving, _cancel.Token)
                    : From.RedriveAsync(_to, _perSecond, Moving, _cancel.Token));
            }
            catch (OperationCanceledException) when (_cancel.IsCancellationRequested)
            {
                // Messages that were not moved stay where they are.
            }
            catch (Exception fault)
            {
                _failure = (fault as ServiceException)?.Code ?? fault.Message;
            }
        }
    }
}
