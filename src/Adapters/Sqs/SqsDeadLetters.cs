using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Adapters.Aws;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.Sqs;

/// <summary>The dead-letter queue as an SQS FIFO queue. A message keeps its group, and its id deduplicates it.</summary>
/// <param name="sqs">The client, see <see cref="SdkSettings"/>.</param>
/// <param name="options">Which queue.</param>
public sealed class SqsDeadLetters(IAmazonSQS sqs, SqsOptions options) : IDeadLetters
{
    /// <inheritdoc/>
    public async Task PutAsync(ArrivedMessage message, CancellationToken cancellationToken) => await sqs.SendMessageAsync(
        new SendMessageRequest
        {
            QueueUrl = options.QueueUrl,
            MessageBody = Encoding.UTF8.GetString(message.Body.Span),
            MessageGroupId = message.GroupId,
            MessageDeduplicationId = message.MessageId,
        },
        cancellationToken).WithCodeAsync();
}
