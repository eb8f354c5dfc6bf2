using DataToEvents.Application.Lanes;

namespace DataToEvents.Recovery.DeadLetters;

/// <summary>
/// Publishes the dead letters of a rule's target, or of the bus, again, each as it was, and deletes it once the bus has accepted it. After a crash between the two it is published twice;
/// consumers recognise the second copy by its id.
/// </summary>
internal sealed class RuleRedrive(DeadLetterQueue queue, BusWriter bus, TimeProvider time)
{
    public async Task RunAsync(double? rate, Tally tally, CancellationToken stopping)
    {
        var pace = new Pace(rate, time);
        var left = new List<DeadLetter>();
        try
        {
            // Takes no more messages than there were at the start: a message that arrives meanwhile has failed again, and the loop would never end.
            // Their times do not help: they are of SQS's clock, which may differ from this machine's.
            var due = queue.Depth;
            while (due > 0 && await NextAsync(pace, due, stopping) is { Count: > 0 } letters)
            {
                due -= letters.Count;
                pace.Passed(letters.Count);
                left.AddRange(await PublishAsync(letters, tally));
            }
        }
        finally
        {
            await queue.ShowAgainAsync(left);
        }
    }

    private async Task<IReadOnlyList<DeadLetter>> NextAsync(Pace pace, long due, CancellationToken stopping)
    {
        await pace.ReadyAsync(stopping);
        return await queue.ReceiveAsync((int)Math.Min(due, pace.Portion(DeadLetterQueue.MaxBatch)), stopping);
    }

    /// <returns>The messages that stay in the queue.</returns>
    private async Task<List<DeadLetter>> PublishAsync(IReadOnlyList<DeadLetter> letters, Tally tally)
    {
        var readable = new List<(DeadLetter Letter, OutgoingEvent Event)>();
        var left = new List<DeadLetter>();
        foreach (var letter in letters)
        {
            try
            {
                readable.Add((letter, BusEventReader.Read(letter.Message.Body)));
            }
            catch (FormatException fault)
            {
                left.Add(letter);
                tally.Fail($"{letter.Id}: {fault.Message}");
            }
        }

        var results = readable.Count == 0 ? [] : await bus.PublishAsync([.. readable.Select(item => item.Event)]);
        foreach (var (item, result) in readable.Zip(results))
        {
            await SettleAsync(item.Letter, result, left, tally);
        }

        return left;
    }

    private async Task SettleAsync(DeadLetter letter, LaneResult result, List<DeadLetter> left, Tally tally)
    {
        if (result.Sent)
        {
            await queue.DeleteAsync(letter, CancellationToken.None);
            tally.Done++;
        }
        else
        {
            left.Add(letter);
            tally.Fail($"{letter.Id}: {result.Reason}");
        }
    }
}
