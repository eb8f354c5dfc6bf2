using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tests.Flow;
using DataToEvents.Emulator.Tests.Http;

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
    public async Task A_rule_of_a_client_and_its_function_take_events_again_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "test.db");
        await WithAccountAsync(file, new FakeFunction(_ => "null"), async http =>
        {
            await CallAsync(http, "PutRule", """{"Name":"mine","EventPattern":"{\"source\":[\"shop\"]}"}""");
            await CallAsync(http, "PutTargets", """{"Rule":"mine","Targets":[{"Id":"1","Arn":"arn:aws:lambda:us-east-1:000000000000:function:receiver"}]}""");
        });
        var taken = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await WithAccountAsync(file, new Receiver(taken), async http =>
        {
            await CallAsync(http, "PutEvents", """{"Entries":[{"Source":"shop","DetailType":"Sold","Detail":"{\"order\":7}"}]}""");

            (await taken.Task.WaitAsync(Patience)).Should().Contain("\"detail\":{\"order\":7}");
        });
    }

    [Fact]
    public async Task An_account_without_a_bus_says_how_to_add_one()
    {
        await using var database = Database.OpenInMemory();
        await using var account = new EmulatedAccount(database, TimeProvider.System, new Random(7));

        var bus = () => account.Bus;

        bus.Should().Throw<InvalidOperationException>().WithMessage("*AddBusAsync*");
    }

    private static async Task WithAccountAsync(string file, IInvocable mine, Func<HttpClient, Task> use)
    {
        await using var database = Database.OpenFile(file);
        await using var account = new EmulatedAccount(database, TimeProvider.System, new Random(7));
        await account.AddBusAsync(new EventBusOptions("default"));
        account.AddFunction(mine);
        using var stop = new CancellationTokenSource();
        var running = account.RunAsync(stop.Token);
        await using (var endpoint = await AccountEndpoint.OpenAsync(account, new EndpointOptions { OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault) }))
        {
            using var http = new HttpClient { BaseAddress = new Uri(endpoint.Url) };
            await use(http);
        }

        await stop.CancelAsync();
        await running;
    }

    private static async Task CallAsync(HttpClient http, string operation, string body) => (await EndpointResponse.ToAsync(http, $"AWSEvents.{operation}", body)).Status.Should().Be(200);

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
