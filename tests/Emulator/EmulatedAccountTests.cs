using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Tests;

/// <summary>The example of emulator/README.md.</summary>
public sealed class EmulatedAccountTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_message_that_an_AWS_client_sends_reaches_the_function_of_the_queue_and_then_nothing_is_under_way()
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var database = Database.OpenInMemory();
        await using var account = new EmulatedAccount(database, TimeProvider.System, new Random(7));
        var dead = await account.AddQueueAsync(new QueueOptions { Name = "orders-dlq.fifo" });
        var orders = await account.AddQueueAsync(new QueueOptions { Name = "orders.fifo", Redrive = new RedrivePolicy(dead, MaxReceiveCount: 5) });
        await account.AddBusAsync(new EventBusOptions("default"));
        account.MapQueue(orders, new Receiver(received), new QueueEventSourceOptions { FunctionTimeout = TimeSpan.FromSeconds(30) });
        using var stop = new CancellationTokenSource();
        var running = account.RunAsync(stop.Token);
        await using (var endpoint = await AccountEndpoint.OpenAsync(account, new EndpointOptions { OnFault = fault => received.TrySetException(fault) }))
        {
            using var client = new AmazonSQSClient(new BasicAWSCredentials("any", "any"), new AmazonSQSConfig { ServiceURL = endpoint.Url, AuthenticationRegion = "us-east-1" });
            await client.SendMessageAsync(new SendMessageRequest
            {
                QueueUrl = $"{endpoint.Url}/000000000000/orders.fifo",
                MessageBody = "an order",
                MessageGroupId = "customer-1",
                MessageDeduplicationId = "order-1",
            });

            (await received.Task.WaitAsync(Patience)).Should().Contain("\"body\":\"an order\"");
            using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            using var patience = new CancellationTokenSource(Patience);
            while (account.UnderWay.Total > 0)
            {
                await poll.WaitForNextTickAsync(patience.Token);
            }
        }

        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task An_account_without_a_bus_says_how_to_add_one()
    {
        await using var database = Database.OpenInMemory();
        await using var account = new EmulatedAccount(database, TimeProvider.System, new Random(7));

        var bus = () => account.Bus;

        bus.Should().Throw<InvalidOperationException>().WithMessage("*AddBusAsync*");
    }

    private sealed class Receiver(TaskCompletionSource<string> received) : IInvocable
    {
        public string Name => "receiver";

        public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            received.TrySetResult(Encoding.UTF8.GetString(payload.Span));
            return Task.FromResult(InvocationResult.Success("{}"u8.ToArray()));
        }
    }
}
