using Amazon.SQS;
using Amazon.SQS.Model;

namespace DataToEvents.Recovery.DeadLetters;

/// <summary>Moves dead letters back with SQS's own message move task: in order, and each message is in one of the two queues at any time.</summary>
internal sealed class MessageMove(IAmazonSQS sqs, string sourceArn, string destinationArn, TimeProvider time)
{
    private const string Running = "RUNNING";

    /// <summary>SQS: messages a second (facts.md, section 2).</summary>
    private const int MaxRate = 500;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts a move, or follows the one that is under way, to its end.</summary>
    /// <param name="rate">Null: SQS chooses.</param>
    /// <param name="tally">Counts what is moved.</param>
    /// <param name="stopping">Cancels the move; what was moved stays moved.</param>
    public async Task RunAsync(double? rate, Tally tally, CancellationToken stopping)
    {
        var handle = (await LatestAsync(CancellationToken.None))?.Status == Running ? null : await StartAsync(rate);
        try
        {
            while (true)
            {
                var task = await LatestAsync(stopping) ?? throw new InvalidOperationException($"SQS knows of no move from {sourceArn}.");
                tally.Done = task.ApproximateNumberOfMessagesMoved ?? 0;
                if (task.Status is not (Running or "CANCELLING"))
                {
                    Judge(task, tally);
                    return;
                }

                handle ??= task.TaskHandle;
                await Task.Delay(Poll, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            if (handle is not null)
            {
                tally.Done = (await sqs.CancelMessageMoveTaskAsync(new CancelMessageMoveTaskRequest { TaskHandle = handle }, CancellationToken.None))
                    .ApproximateNumberOfMessagesMoved ?? tally.Done;
            }

            throw;
        }
    }

    private static void Judge(ListMessageMoveTasksResultEntry task, Tally tally)
    {
        if (task.Status != "COMPLETED")
        {
            var left = (task.ApproximateNumberOfMessagesToMove ?? tally.Done) - tally.Done;
            tally.Fail($"the move ended as {task.Status}: {task.FailureReason ?? "no reason given"}", Math.Max(1, left));
        }
    }

    private async Task<string> StartAsync(double? rate)
    {
        // Without a destination the task ends at a message that the EventStorer put aside: SQS only knows the source of messages that it moved itself.
        var request = new StartMessageMoveTaskRequest { SourceArn = sourceArn, DestinationArn = destinationArn };
        if (rate is { } limit)
        {
            request.MaxNumberOfMessagesPerSecond = (int)Math.Clamp(limit, 1, MaxRate);
        }

        return (await sqs.StartMessageMoveTaskAsync(request)).TaskHandle;
    }

    private async Task<ListMessageMoveTasksResultEntry?> LatestAsync(CancellationToken cancellationToken) =>
        (await sqs.ListMessageMoveTasksAsync(new ListMessageMoveTasksRequest { SourceArn = sourceArn, MaxResults = 1 }, cancellationToken)).Results?.FirstOrDefault();
}
