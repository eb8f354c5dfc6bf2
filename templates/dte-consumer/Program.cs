using Amazon.SQS;
using Amazon.SQS.Model;
using DteConsumer;

// Where the services are and who asks: the AWS SDK's usual settings. `dotnet run` sets those of `dte run --audit` (Properties/launchSettings.json).
var name = Environment.GetEnvironmentVariable("QUEUE_NAME") ?? throw new InvalidOperationException("QUEUE_NAME must name the queue of the rule, such as data-events-audit.");
using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
using var sqs = new AmazonSQSClient();
var handler = new ReceivedEventHandler(Console.Out);
try
{
    var queue = (await sqs.GetQueueUrlAsync(name, stopping.Token)).QueueUrl;
    Console.WriteLine($"Waiting for events in {name}; Ctrl-C ends.");
    while (true)
    {
        var received = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = queue, MaxNumberOfMessages = 10, WaitTimeSeconds = 20 }, stopping.Token);
        foreach (var message in received.Messages ?? [])
        {
            // An exception ends the program. The message comes again after its visibility timeout, and after some receives it goes to the dead-letter queue, if the queue has one.
            handler.Handle(ReceivedEvent.Parse(message.Body));
            await sqs.DeleteMessageAsync(queue, message.ReceiptHandle, stopping.Token);
        }
    }
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    // Ctrl-C.
}
