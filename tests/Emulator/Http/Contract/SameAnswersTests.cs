using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Tests.DeliveryStreams;

namespace DataToEvents.Emulator.Tests.Http.Contract;

/// <summary>Compares Amazon's DynamoDB Local with our endpoint: botocore makes the same calls to both.</summary>
[NeedsBotocore]
[NeedsDynamoDbLocal]
[Collection(nameof(DynamoDbLocal))]
public sealed class SameAnswersAsDynamoDbLocalTests(DynamoDbLocal local)
{
    [ContractFact]
    public async Task Our_table_answers_like_one_of_DynamoDB_Local()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var expected = await Botocore.CallAsync("dynamodb", local.Client.Config.ServiceURL, await local.CreateTableAsync());

        var answers = await Botocore.CallAsync("dynamodb", endpoint.Url, endpoint.Table.Options.Name);

        Botocore.Differences(expected, answers).Should().BeEmpty();
    }
}

/// <summary>Compares moto with our endpoint: botocore makes the same calls to both. Only the form of the responses is compared, because moto is reliable for nothing else.</summary>
[NeedsMoto]
public sealed class SameAnswersAsMotoTests(MotoFixture moto) : IClassFixture<MotoFixture>
{
    [ContractFact]
    public async Task Our_bucket_answers_like_one_of_moto()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await SameAsync("s3", endpoint.Url, TestEndpoint.Bucket);
    }

    [ContractFact]
    public async Task Our_bus_answers_like_one_of_moto()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await SameAsync("events", endpoint.Url, endpoint.Bus.Options.Name);
    }

    [ContractFact]
    public async Task Buses_and_archives_of_clients_answer_like_those_of_moto()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await SameAsync("archives", endpoint.Url, endpoint.Bus.Options.Name);
    }

    [ContractFact]
    public async Task Tables_of_clients_answer_like_those_of_moto()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await SameAsync("tables", endpoint.Url, "contract-table");
    }

    [ContractFact]
    public async Task Our_queue_answers_like_one_of_moto()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await SameAsync("sqs", endpoint.Url, endpoint.Queue.Options.Name);
    }

    [ContractFact]
    public async Task Our_delivery_stream_answers_like_one_of_moto()
    {
        // The stream does not run: its database in memory is for one thread, here the endpoint's.
        await using var stream = await StreamFixture.OpenAsync(run: false);
        await using var endpoint = await EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions
        {
            Services = [new FirehoseService(stream.Stream)],
            OnFault = fault => throw new InvalidOperationException("A fault at the endpoint.", fault),
        });
        await SameAsync("firehose", $"http://127.0.0.1:{endpoint.Port}", stream.Stream.Options.Name);
    }

    private async Task SameAsync(string service, string url, string resource) =>
        Botocore.Differences(await Botocore.CallAsync(service, moto.Endpoint, resource), await Botocore.CallAsync(service, url, resource)).Should().BeEmpty();
}
