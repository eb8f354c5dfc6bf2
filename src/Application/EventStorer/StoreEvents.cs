namespace DataToEvents.Application.EventStorer;

/// <summary>Appends queued events to the store, each stream and each message group in its order, each event once.</summary>
public sealed class StoreEvents(
    IEventStore store, IQuarantine quarantine, IDeadLetters deadLetters, StreamLanes lanes, EventStorerOptions options, TimeProvider time, IMetrics? metrics = null)
{
    private const string NotSetAside = "could not be put into the dead-letter queue";

    /// <param name="messages">In the queue's order.</param>
    /// <param name="budget">Time for all calls. A message that has no turn within it is reported as failed.</param>
    public async Task<StorageReport> ExecuteAsync(IReadOnlyList<ArrivedMessage> messages, TimeSpan budget)
    {
        using var run = new StepRun("EventStorer", metrics);
        var work = messages.Select(message => new MessageWork(message)).ToArray();

        // An unreadable message must not block its stream: each redrive would put it in front of the same messages again.
        var readable = Array.FindAll(work, item => item.Event is not null);
        if (StepRun.IsTraced)
        {
            run.Continue(readable.Select(static item => item.Event!.TraceParent));
        }

        using var deadline = lanes.DeadlineIn(budget);
        var settingAside = Task.WhenAll(work.Where(item => item.Event is null).Select(item => SetAsideUnreadableAsync(item, deadline.Token)));
        ChooseLanes(readable);
        var tally = new LaneTally();
        var results = await lanes.SendAsync(
            readable, static item => item.Lane, static item => item.Message.Body.Length, AppendAsync, budget, tally);
        for (var i = 0; i < readable.Length; i++)
        {
            readable[i].Fault = results[i].Reason;
        }

        await settingAside;
        run.Count(tally);
        var report = Report(work);
        Count(work.Length, report, run);
        return report;
    }

    /// <summary>
    /// Messages of one group share a lane, because the queue orders by group. Events of one stream share a lane, because a call of the store must not hold two
    /// of them. Our own messages have one group a stream; those of others may not, and then a lane holds several groups or streams. A batch has ten messages at most.
    /// </summary>
    private static void ChooseLanes(MessageWork[] messages)
    {
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i].Lane = i.ToString(CultureInfo.InvariantCulture);
            for (var before = 0; before < i; before++)
            {
                if (messages[before].Lane != messages[i].Lane && messages[before].MustNotPass(messages[i]))
                {
                    Join(messages.AsSpan(0, i), messages[before].Lane, messages[i].Lane);
                }
            }
        }
    }

    private static void Join(ReadOnlySpan<MessageWork> messages, string lane, string into)
    {
        foreach (var message in messages)
        {
            message.Lane = message.Lane == lane ? into : message.Lane;
        }
    }

    private static void Count(int received, StorageReport report, StepRun run)
    {
        run.Count(PathSignals.MessagesReceived, received);
        run.Count(PathSignals.EventsStored, report.Stored);
        run.Count(PathSignals.EventsKnown, report.Duplicates);
        run.Count(PathSignals.EventsInConflict, report.Conflicts);
        run.Count(PathSignals.MessagesSetAside, report.SetAside.Count);
        run.Count(PathSignals.MessagesFailed, report.Failures.Count);
        run.Complete();
    }

    private async Task<IReadOnlyList<Attempt>> AppendAsync(IReadOnlyList<MessageWork> batch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var outcomes = await store.AppendAsync([.. batch.Select(item => new EventToStore(item.Event!, item.Message.Sequence, now, now + options.KeepFor))], cancellationToken);
        for (var i = 0; i < batch.Count; i++)
        {
            await SettleAsync(batch[i], outcomes[i], cancellationToken);
        }

        return [.. batch.Select(item => item.LastAttempt)];
    }

    private async Task SettleAsync(MessageWork item, AppendOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            if (outcome.Kind == AppendKind.Conflict && item.Event!.FirstStands)
            {
                outcome = new AppendOutcome(AppendKind.Duplicate);
            }
            else if (outcome.Kind == AppendKind.Conflict)
            {
                await quarantine.PutAsync(item.Event!, item.Message.Sequence, cancellationToken);
            }
            else if (outcome.Kind == AppendKind.Unstorable)
            {
                await SetAsideAsync(item, outcome.Reason ?? "the store does not take it", cancellationToken);
            }

            item.Settle(outcome);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var what = outcome.Kind == AppendKind.Conflict ? "conflicts, and could not be put into quarantine" : $"{outcome.Reason}, and {NotSetAside}";
            item.Settle(new AppendOutcome(AppendKind.Failed, $"{what}: {fault.Message}"));
        }
    }

    private async Task SetAsideUnreadableAsync(MessageWork item, CancellationToken cancellationToken)
    {
        try
        {
            await SetAsideAsync(item, item.Fault!, cancellationToken);
            item.Fault = null;
        }
#pragma warning disable CA1031 // Not swallowed: it becomes a part of the reason why the message is delivered again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            item.Fault = $"{item.Fault} It {NotSetAside}: {fault.Message}";
        }
    }

    private async Task SetAsideAsync(MessageWork item, string reason, CancellationToken cancellationToken)
    {
        await deadLetters.PutAsync(item.Message, cancellationToken);
        item.SetAsideFor = reason;
    }

    private static StorageReport Report(MessageWork[] work)
    {
        int Count(AppendKind kind) => work.Count(item => item.Outcome == kind);
        return new StorageReport(
            Count(AppendKind.Stored), Count(AppendKind.Duplicate), Count(AppendKind.Conflict), Named(work, static item => item.SetAsideFor), Named(work, static item => item.Fault));
    }

    private static FailedMessage[] Named(MessageWork[] work, Func<MessageWork, string?> reasonOf) =>
        [.. work.Where(item => reasonOf(item) is not null).Select(item => new FailedMessage(item.Message.MessageId, reasonOf(item)!, item.Event is { } read ? EventName.Of(read) : null))];

    /// <summary>One message, read once, and how its append went.</summary>
    private sealed class MessageWork
    {
        public MessageWork(ArrivedMessage message)
        {
            Message = message;
            try
            {
                Event = DataEvent.Parse(message.Body);
            }
            catch (FormatException fault)
            {
                Fault = fault.Message;
            }
        }

        public ArrivedMessage Message { get; }

        public DataEvent? Event { get; }

        public string Lane { get; set; } = "";

        /// <summary>Why the message is to be delivered again; null when it is not.</summary>
        public string? Fault { get; set; }

        /// <summary>Why the message is in the dead-letter queue; null when it is not.</summary>
        public string? SetAsideFor { get; set; }

        public AppendKind? Outcome { get; private set; }

        public Attempt LastAttempt { get; private set; }

        public bool MustNotPass(MessageWork other) => Message.GroupId == other.Message.GroupId || Event!.Stream == other.Event!.Stream;

        public void Settle(AppendOutcome outcome)
        {
            Outcome = outcome.Kind;
            LastAttempt = outcome.Kind switch
            {
                AppendKind.Failed => Attempt.Retry(outcome.Reason ?? "not stored"),
                AppendKind.Refused => Attempt.Rejected(outcome.Reason ?? "refused"),
                _ => Attempt.Done,
            };
        }
    }
}
