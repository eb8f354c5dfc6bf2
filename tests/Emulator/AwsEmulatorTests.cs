using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Flow;
using DataToEvents.Emulator.Tests.Http;

namespace DataToEvents.Emulator.Tests;

/// <summary>The emulator as a library. examples/EmulatorTests shows it with AWS's clients.</summary>
public sealed class AwsEmulatorTests
{
    private const string Put = """{"TableName":"orders","Item":{"pk":{"S":"p"},"sk":{"S":"1"}}}""";
    private const string Scan = """{"TableName":"orders","Select":"COUNT"}""";

    [Fact]
    public async Task Two_emulators_run_side_by_side_and_know_nothing_of_each_other()
    {
        await using var one = await StartAsync(null);
        await using var other = await StartAsync(null);

        (await CallAsync(one, "PutItem", Put)).Should().Be("{}");

        (await CallAsync(one, "Scan", Scan)).Should().Contain("\"Count\":1,");
        (await CallAsync(other, "Scan", Scan)).Should().Contain("\"Count\":0,");
    }

    [Fact]
    public async Task What_is_in_a_folder_is_there_at_the_next_start()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await StartAsync(folder.Path))
        {
            await CallAsync(first, "PutItem", Put);
        }

        await using var second = await StartAsync(folder.Path);

        (await CallAsync(second, "Scan", Scan)).Should().Contain("\"Count\":1,");
    }

    [Fact]
    public async Task Many_calls_at_once_in_memory_are_all_taken()
    {
        await using var aws = await StartAsync(null);

        await Task.WhenAll(Enumerable.Range(0, 64).Select(number => CallAsync(aws, "PutItem", Put.Replace("\"1\"", $"\"{number}\"", StringComparison.Ordinal))));

        (await CallAsync(aws, "Scan", Scan)).Should().Contain("\"Count\":64,");
    }

    // events: TestEventBus::test_create_list_describe_delete_custom_event_buses has a bus "default" beside those that it makes.
    [Fact]
    public async Task Calls_that_name_no_bus_mean_the_bus_default_which_is_always_there()
    {
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions
        {
            AddResources = static async account =>
            {
                await account.AddBusAsync(new EventBusOptions("shop"));
                await account.AddQueueAsync(new QueueOptions { Name = "sold", Fifo = false });
            },
        });
        using var http = new HttpClient { BaseAddress = new Uri(aws.Url) };
        Task<EndpointResponse> EventsAsync(string operation, string body) => EndpointResponse.ToAsync(http, $"AWSEvents.{operation}", body);
        await EventsAsync("PutRule", """{"Name":"mine","EventPattern":"{\"source\":[\"shop\"]}"}""");
        await EventsAsync("PutTargets", """{"Rule":"mine","Targets":[{"Id":"1","Arn":"arn:aws:sqs:us-east-1:000000000000:sold"}]}""");

        await EventsAsync("PutEvents", """{"Entries":[{"Source":"shop","DetailType":"Sold","Detail":"{\"order\":7}"}]}""");

        (await EndpointResponse.ToAsync(http, "AmazonSQS.ReceiveMessage", $$"""{"QueueUrl":"{{aws.Url}}/000000000000/sold","WaitTimeSeconds":20}""")).Body.Should().Contain("order").And.Contain("7");
        (await EventsAsync("ListRules", """{"EventBusName":"shop"}""")).Body.Should().NotContain("mine");
        (await EventsAsync("ListEventBuses", "{}")).Body.Should().Contain("event-bus/default").And.Contain("event-bus/shop");
        (await EventsAsync("DeleteEventBus", """{"Name":"default"}""")).Refusal.Should().StartWith("400 ").And.Contain("Cannot delete event bus default.");
    }

    [Fact]
    public async Task A_fault_while_resources_are_added_comes_out_of_the_start()
    {
        var start = () => AwsEmulator.StartAsync(new AwsEmulatorOptions { AddResources = static _ => throw new InvalidOperationException("no such queue") });

        await start.Should().ThrowAsync<InvalidOperationException>().WithMessage("no such queue");
    }

    private static Task<AwsEmulator> StartAsync(string? folder) => AwsEmulator.StartAsync(new AwsEmulatorOptions
    {
        Folder = folder,
        AddResources = static account => account.AddTableAsync(new ItemTableOptions { Name = "orders" }),
    });

    private static async Task<string> CallAsync(AwsEmulator aws, string operation, string body)
    {
        using var http = new HttpClient { BaseAddress = new Uri(aws.Url) };
        return (await EndpointResponse.ToAsync(http, $"DynamoDB_20120810.{operation}", body)).Json;
    }
}
