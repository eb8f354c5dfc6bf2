using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;

namespace DataToEvents.Generator.Sending;

/// <summary>Sends to the FIFO queue itself: each record is one event, put into the queue as the Transformer would put it.</summary>
internal sealed class SqsSink(IAmazonSQS sqs, SendTarget target) : IRecordSink
{
    private string? _queueUrl;

    /// <summary>A call has one event of a stream at most, as in the Transformer, because entries of a call can fail one by one.</summary>
    public SinkLimits Limits { get; } = new(ServiceLimits.QueueEntries, ServiceLimits.QueueBytes, TransformerOptions.DefaultInlineLimit, Size, OneOfAStream: true);

    public async Task<IReadOnlyList<PutAnswer>> PutAsync(IReadOnlyList<Outgoing> batch, CancellationToken abort)
    {
        if (batch.Count == 1 && WhyNot(batch[0]) is { } reason)
        {
            return [PutAnswer.Refused(reason)];
        }

        try
        {
            _queueUrl ??= (await sqs.GetQueueUrlAsync(target.Name, abort)).QueueUrl;
            var answer = await sqs.SendMessageBatchAsync(new SendMessageBatchRequest(_queueUrl, [.. batch.Select(Entry)]), abort);
            return Answers(answer, batch.Count);
        }
        catch (Exception fault) when (TargetFaults.Classify(fault, abort) is { } kind)
        {
            throw new TargetException(kind, $"{Name}: {TargetFaults.Cause(fault)}", fault);
        }
    }

    private string Name => target.Endpoint is { } endpoint ? $"{target.Name} at {endpoint}" : $"queue {target.Name}";

    /// <summary>The size of a record's envelope. A record without one counts as too big, so that it comes alone.</summary>
    private static int Size(Outgoing record) => record.Expected.Envelope?.Envelope.Length ?? int.MaxValue;

    private static string? WhyNot(Outgoing record) => record.Expected.Envelope switch
    {
        null => $"a message is one event, and the record has {record.Expected.Events?.Count.ToString(CultureInfo.InvariantCulture) ?? "more than an answer holds"}",
        { Envelope.Length: > TransformerOptions.DefaultInlineLimit } => $"an event of more than {TransformerOptions.DefaultInlineLimit} bytes goes by reference, which only the Transformer makes",
        _ => null,
    };

    private static SendMessageBatchRequestEntry Entry(Outgoing record, int index)
    {
        DataEvent sent = record.Expected.Envelope!;
        return new SendMessageBatchRequestEntry
        {
            Id = index.ToString(CultureInfo.InvariantCulture),
            MessageBody = Encoding.UTF8.GetString(sent.Envelope.Span),
            MessageGroupId = MessageKeys.GroupId(sent.Stream),
            MessageDeduplicationId = MessageKeys.DeduplicationId(sent),
        };
    }

    private PutAnswer[] Answers(SendMessageBatchResponse answer, int count)
    {
        var answers = new PutAnswer[count];
        Array.Fill(answers, PutAnswer.Retry($"{Name}: its answer does not name the message"));
        foreach (var taken in answer.Successful ?? [])
        {
            answers[int.Parse(taken.Id, CultureInfo.InvariantCulture)] = PutAnswer.Accepted;
        }

        foreach (var failed in answer.Failed ?? [])
        {
            answers[int.Parse(failed.Id, CultureInfo.InvariantCulture)] =
                new PutAnswer($"{failed.Code}: {failed.Message}", IsFinal: failed.SenderFault is true);
        }

        return answers;
    }
}
