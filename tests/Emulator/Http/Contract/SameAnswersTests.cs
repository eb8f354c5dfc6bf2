using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Tests.DeliveryStreams;

namespace DataToEvents.Emulator.Tests.Http.Contract;

/// <summary>Amazon's own DynamoDB, and the door before ours, asked the same by botocore.</summary>
[NeedsBotocore]
[NeedsDynamoDbLocal]
[Collection(nameof(DynamoDbLocal))]
public sealed class SameAnswersAsDynamoDbLocalTests(DynamoDbLocal local)
{
    [ContractFact]
    public async Task A_table_behind_the_door_answers_as_one_of_dynamodb_local()
    {
        await using var door = await OpenDoor.StartAsync();
        var expected = await Botocore.CallAsync("dynamodb", local.Client.Config.ServiceURL, await local.CreateTableAsync());

        var answers = await Botocore.CallAsync("dynamodb", door.Url, door.Table.Options.Name);

        Botocore.Differences(expected, answers).Should().BeEmpty();
    }
}

/// <summary>moto, and our doors, asked the same by botocore: what moto can be trusted for, which is the form of answers.</summary>
[NeedsMoto]
public sealed class SameAnswersAsMotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    [ContractFact]
    public async Task A_bucket_behind_the_door_answers_as_one_of_motos()
    {
        await using var door = await OpenDoor.StartAsync();
        await SameAsync("s3", door.Url, OpenDoor.Bucket);
    }

    [ContractFact]
    public async Task A_bus_behind_the_door_answers_as_one_of_motos()
    {
        await using var door = await OpenDoor.StartAsync();
        await SameAsync("events", door.Url, door.Bus.Options.Name);
    }

    [ContractFact]
    public async Task A_queue_behind_the_door_answers_as_one_of_motos()
    {
        await using var door = await OpenDoor.StartAsync();
        await SameAsync("sqs", door.Url, door.Queue.Options.Name);
    }

    [ContractFact]
    public async Task A_delivery_stream_behind_the_door_answers_as_one_of_motos()
    {
        // Not running: its database in memory is for one thread, here the door's.
        await using var stream = await StreamFixture.OpenAsync(run: false);
        await using var door = await FrontDoor.StartAsync(new FrontDoorOptions
        {
            Services = [new FirehoseService(stream.Stream)],
            OnFault = fault => throw new InvalidOperationException("A fault at the door.", fault),
        });
        await SameAsync("firehose", $"http://127.0.0.1:{door.Port}", stream.Stream.Options.Name);
    }

    private async Task SameAsync(string service, string url, string resource) =>
        Botocore.Differences(await Botocore.CallAsync(service, moto.Endpoint, resource), await Botocore.CallAsync(service, url, resource)).Should().BeEmpty();
}
