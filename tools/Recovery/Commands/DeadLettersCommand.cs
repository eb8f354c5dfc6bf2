using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>dead-letters</c>: messages that the EventStorer did not store, and events that the rule's target did not take.</summary>
internal static class DeadLettersCommand
{
    private static readonly Dictionary<string, DeadLettersOf> Places = new() { ["queue"] = DeadLettersOf.Queue, ["rule"] = DeadLettersOf.Rule, ["bus"] = DeadLettersOf.Bus };

    private static readonly Argument<string> Which = new("of") { Description = "queue: what EventStorer did not store; rule: what the consumer did not take; bus: what the bus could not encrypt with the customer's key" };
    private static readonly Argument<string[]> Ids = new("id") { Description = "Message ids, as `list` shows them", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Argument<string> Id = new("id") { Description = "A message id, as `list` shows it" };
    private static readonly Option<bool> AllOfThem = new("--all") { Description = "All messages" };
    private static readonly Option<long> Limit = Arguments.Whole("--limit", "Messages to look at", 1, 1_000).WithDefault(100);

    private static readonly Option<string?> Body = Arguments.File("--body", "The new body from a file, instead of the editor");

    static DeadLettersCommand() => Which.AcceptOnlyFromAmong([.. Places.Keys]);

    public static Command Create(Runner runner) => new("dead-letters", "Messages that were given up: look at them, bring them back, or drop them.")
    {
        runner.Look(new Command("list", "Lists messages, oldest first.") { Which, Limit }, ListAsync),
        runner.Look(new Command("show", "Shows one message as a whole.") { Which, Id }, ShowAsync),
        runner.Change(
            new Command("edit", "Opens a message's body in EDITOR, and sends what was saved in its place. What the producer sent stays in the lake alone.") { Which, Id, Body }, EditAsync, paced: false),
        runner.Change(new Command("redrive", "queue: moves the messages back into it, in order. rule, bus: publishes the events again.") { Which }, RedriveAsync),
        runner.Change(new Command("drop", "Deletes messages for good.") { Which, Ids, AllOfThem }, DropAsync, paced: false),
    };

    private static DeadLettersOf Of(ParseResult parsed) => Places[parsed.GetRequiredValue(Which)];

    private static async Task<int> ListAsync(CommandSession session, ParseResult parsed)
    {
        var queue = await session.Services.DeadLettersAsync(Of(parsed));
        var letters = await queue.PeekAsync((int)parsed.GetValue(Limit), static _ => true, session.Stopping);
        var listing = new Listing("deadLetters", "id", "since", "stream", "event", "type", "why");
        foreach (var letter in letters.OrderBy(letter => letter.Since))
        {
            listing.Add(letter.Id, letter.Since, letter.Event?.Stream.Value ?? letter.Group, letter.Event?.Id.Value, letter.Event?.Type, letter.Reason);
        }

        session.Printer.Set("queue", queue.Name);
        session.Printer.Set("depth", queue.Depth);
        session.Printer.Set("hidden", Math.Max(0, queue.Depth - letters.Count));
        session.Printer.Show(listing, $"{queue.Name} is empty.");
        if (letters.Count < queue.Depth)
        {
            session.Printer.Say($"{Cells.Text((long)letters.Count)} of {Units.Count(queue.Depth, "message")}; SQS shows only the head of each group, and --limit of all.");
        }

        return ExitCode.Success;
    }

    private static async Task<int> ShowAsync(CommandSession session, ParseResult parsed)
    {
        var queue = await session.Services.DeadLettersAsync(Of(parsed));
        var id = parsed.GetRequiredValue(Id);
        var letter = await queue.PeekAsync(1, letter => letter.Id == id, session.Stopping) is [var found]
            ? found
            : throw new UserErrorException($"'{id}' is not to be seen in {queue.Name}; allowed: an id that `list` shows.");
        var facts = (letter.Message.Attributes ?? []).Select(attribute => (attribute.Key, attribute.Value))
            .Concat((letter.Message.MessageAttributes ?? []).Select(attribute => (attribute.Key, Value: attribute.Value.StringValue)))
            .OrderBy(fact => fact.Key, StringComparer.Ordinal).ToList();
        session.Printer.Set("id", letter.Id);
        session.Printer.Set("attributes", new JsonObject(facts.Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)fact.Value))));
        session.Printer.Set("body", letter.Message.Body);
        facts.ForEach(fact => session.Printer.Say($"{fact.Key}: {Cells.Text(fact.Value)}"));
        session.Printer.Say("");
        session.Printer.Say(Cells.Text(letter.Message.Body));
        return ExitCode.Success;
    }

    private static async Task<int> EditAsync(CommandSession session, ParseResult parsed)
    {
        var (of, id, file) = (Of(parsed), parsed.GetRequiredValue(Id), parsed.GetValue(Body));
        var queue = await session.Services.DeadLettersAsync(of);
        var letter = await queue.PeekAsync(1, letter => letter.Id == id, session.Stopping) is [var found] ? found : throw NotSeen(id, queue);
        var text = file is null ? await TextEditor.EditAsync(letter.Message.Body, session.Stopping) : new FileInfo(file);
        var body = (await File.ReadAllTextAsync(text.FullName, session.Stopping)).TrimEnd('\r', '\n');
        if (body == letter.Message.Body)
        {
            Forget(text, file);
            session.Printer.Set("sent", 0L);
            session.Printer.Say("The body was not changed: nothing was sent.");
            return ExitCode.Success;
        }

        try
        {
            var exitCode = await SendAsync(session, letter, new LetterEdit(letter, body, of != DeadLettersOf.Queue), of);
            if (exitCode == ExitCode.Success || file is not null)
            {
                Forget(text, file);
                return exitCode;
            }

            session.Terminal.Complain($"your text is in {text.FullName}, for --body.");
            return exitCode;
        }
        catch (UserErrorException fault) when (file is null)
        {
            throw new UserErrorException($"{fault.Message.TrimEnd('.')}; your text is in {text.FullName}, for --body.");
        }
    }

    private static async Task<int> SendAsync(CommandSession session, DeadLetter letter, LetterEdit edit, DeadLettersOf of)
    {
        var edited = edit.Read();
        return session.Confirm(
            $"The body of message {letter.Id} gives way to another of {Units.Count(edit.Bytes, "byte")}: event {edited.Id} of stream {edited.Stream} goes {(of == DeadLettersOf.Queue ? "into the queue, behind what waits there" : $"onto {session.Services.Names.Bus}")}.",
            of == DeadLettersOf.Queue
                ? "It costs the promise that bytes survive: store and consumers get what you wrote, and what the producer sent stays in the lake alone."
                : "It costs the promise that bytes survive: consumers get what you wrote, and the store keeps what the producer sent.")
            ?? await session.WorkAsync("message", "sent", async tally => await SendAsync(session, await session.Services.DeadLettersAsync(of), letter.Id, edit, tally));
    }

    /// <summary>Takes the message only now: it would not stay hidden for as long as a person edits.</summary>
    private static async Task SendAsync(CommandSession session, DeadLetterQueue queue, string id, LetterEdit edit, Tally tally)
    {
        var held = await queue.HoldAsync(letter => letter.Id == id, session.Stopping);
        try
        {
            var reason = held.Find(letter => letter.Id == id) is { } letter ? await edit.SendAsync(session.Services, queue, letter, session.Stopping) : "it is not in the queue any more; nothing was sent";
            if (reason is null)
            {
                tally.Done++;
            }
            else
            {
                tally.Fail($"{id}: {reason}");
            }
        }
        finally
        {
            await queue.ShowAgainAsync(held.Where(letter => letter.Id != id || tally.Done == 0));
        }
    }

    private static UserErrorException NotSeen(string id, DeadLetterQueue queue) => new($"'{id}' is not to be seen in {queue.Name}; allowed: an id that `list` shows.");

    /// <summary>Deletes the editor's file. A file that the user gave (--body) stays.</summary>
    private static void Forget(FileInfo text, string? own)
    {
        if (own is null)
        {
            text.Delete();
        }
    }

    private static async Task<int> RedriveAsync(CommandSession session, ParseResult parsed)
    {
        var (services, of) = (session.Services, Of(parsed));
        var queue = await services.DeadLettersAsync(of);
        if (queue.Depth == 0)
        {
            session.Printer.Set("redriven", 0L);
            session.Printer.Say($"{queue.Name} is empty: there is nothing to do.");
            return ExitCode.Success;
        }

        var bus = of == DeadLettersOf.Queue ? null : await services.BusAsync(session.Stopping);
        var pace = session.Change.Rate is { } rate ? $", at most {Cells.Text(rate)} a second" : "";
        if (session.Confirm(
            $"About {Units.Count(queue.Depth, "message")} of {queue.Name} at {services.Where}{pace}:",
            bus is not null
                ? $"each event is published again on {services.Names.Bus}, as it was. All its consumers see it; those that had it know it by its id."
                : "SQS moves them back into their queue, each group in its order, behind what is waiting there. Events that are stored already have no second effect.")
            is { } exitCode)
        {
            return exitCode;
        }

        return await session.WorkAsync("message", "redriven", async tally => await (bus is null
            ? new MessageMove(services.Sqs, queue.Arn, await services.QueueArnAsync(), session.Terminal.Time).RunAsync(session.Change.Rate, tally, session.Stopping)
            : new RuleRedrive(queue, bus, session.Terminal.Time).RunAsync(session.Change.Rate, tally, session.Stopping)));
    }

    private static async Task<int> DropAsync(CommandSession session, ParseResult parsed)
    {
        var (ids, all) = (parsed.GetValue(Ids) ?? [], parsed.GetValue(AllOfThem));
        if (ids.Length > 0 == all)
        {
            throw new UserErrorException("what to drop is not said; allowed: message ids, or --all.");
        }

        var queue = await session.Services.DeadLettersAsync(Of(parsed));
        var what = all ? $"About {Units.Count(queue.Depth, "message")}" : Units.Count(ids.Length, "message");
        return session.Confirm($"{what} of {queue.Name} at {session.Services.Where} will be deleted for good.")
            ?? await session.WorkAsync("message", "dropped", tally => DropAsync(session, queue, all ? null : [.. ids], tally));
    }

    private static async Task DropAsync(CommandSession session, DeadLetterQueue queue, HashSet<string>? ids, Tally tally)
    {
        var kept = new List<DeadLetter>();
        try
        {
            while (Most(queue, ids, tally) is > 0 and var most && await queue.ReceiveAsync(most, session.Stopping) is { Count: > 0 } letters)
            {
                foreach (var letter in letters)
                {
                    if (ids?.Remove(letter.Id) == false)
                    {
                        kept.Add(letter);
                        continue;
                    }

                    await queue.DeleteAsync(letter, CancellationToken.None);
                    session.Printer.Say($"dropped {letter.Id}: {(letter.Event is { } item ? $"event {item.Id} of stream {item.Stream}" : Cells.Preview(letter.Message.Body, 60))}");
                    tally.Done++;
                }
            }
        }
        finally
        {
            await queue.ShowAgainAsync(kept);
        }

        foreach (var id in ids ?? [])
        {
            tally.Fail($"'{id}' was not to be seen in {queue.Name}; allowed: an id that `list` shows.");
        }
    }

    /// <summary>How many messages to take next. With ids: a full batch until all are found. With --all: no more than there were when the person agreed to lose them.</summary>
    private static int Most(DeadLetterQueue queue, HashSet<string>? ids, Tally tally) =>
        ids is null ? (int)Math.Min(DeadLetterQueue.MaxBatch, queue.Depth - tally.Done)
        : ids.Count > 0 ? DeadLetterQueue.MaxBatch
        : 0;
}
