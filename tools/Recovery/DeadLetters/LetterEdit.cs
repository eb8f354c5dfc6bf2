using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Recovery.DeadLetters;

/// <summary>Sends a corrected body in place of a dead letter: into the queue, or onto the bus.</summary>
/// <param name="letter">The dead letter.</param>
/// <param name="body">The corrected body.</param>
/// <param name="ofBus">Whether the body is an event of a bus; else it is an envelope.</param>
internal sealed class LetterEdit(DeadLetter letter, string body, bool ofBus)
{
    /// <summary>Bytes of the corrected body.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(body);

    /// <summary>The event of the corrected body.</summary>
    /// <exception cref="UserErrorException">The body is no event, or it still has the digest of its old payload.</exception>
    public DataEvent Read()
    {
        DataEvent edited;
        try
        {
            edited = ofBus ? DataEvent.Parse(BusEventReader.Read(body).Event.Detail) : DataEvent.Parse(Encoding.UTF8.GetBytes(body));
        }
        catch (FormatException fault)
        {
            throw new UserErrorException($"the new body is no event: {fault.Message.TrimEnd('.')}; allowed: a CloudEvent{(ofBus ? " as the detail of an event of the bus" : "")}.");
        }

        return edited.Content is { } content && content == letter.Event?.Content && !SamePayload(edited)
            ? throw new UserErrorException($"the new body still has {ExtensionNames.Content}, the digest of its old payload; allowed: a body without that member.")
            : edited;
    }

    /// <summary>Sends the body and deletes the dead letter. After a crash between the two both are there: the store then finds the second one a conflict or a duplicate.</summary>
    /// <param name="services">The path's services.</param>
    /// <param name="queue">The dead-letter queue.</param>
    /// <param name="held">The message as it was received last.</param>
    /// <param name="stopping">Ends the calls.</param>
    /// <returns>Why it was not sent; null when it was.</returns>
    public async Task<string?> SendAsync(PathServices services, DeadLetterQueue queue, DeadLetter held, CancellationToken stopping)
    {
        if (ofBus)
        {
            var bus = await services.BusAsync(stopping);
            if (await bus.PublishAsync([BusEventReader.Read(body)]) is [{ Sent: false, Reason: var reason }])
            {
                return reason;
            }
        }
        else
        {
            await QueueAsync(services.Sqs, services.Names.Queue, Read(), stopping);
        }

        await queue.DeleteAsync(held, CancellationToken.None);
        return null;
    }

    private async Task QueueAsync(IAmazonSQS sqs, string queue, DataEvent edited, CancellationToken stopping)
    {
        var url = (await sqs.GetQueueUrlAsync(queue, stopping)).QueueUrl;
        await sqs.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = url,
                MessageBody = body,
                MessageGroupId = MessageKeys.GroupId(edited.Stream),
                // Not the id made of the content: SQS would drop the message as a copy, if it got a message with that id within the last five minutes.
                MessageDeduplicationId = Guid.NewGuid().ToString("N"),
            },
            stopping);
    }

    private bool SamePayload(DataEvent edited) => (edited.Payload(), letter.Event!.Payload()) is ({ } now, { } before) && now.AsSpan().SequenceEqual(before);
}
