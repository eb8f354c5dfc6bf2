using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Tests.DeliveryStreams;

namespace DataToEvents.Emulator.Tests.Http.Contract;

/// <summary>Amazon's own DynamoDB, and the endpoint before ours, asked the same by botocore.</summary>
[NeedsBotocore]
[NeedsDynamoDbLocal]
[Collection(nameof(DynamoDbLocal))]
public sealed class SameAnswersAsDynamoDbLocalTests(DynamoDbLocal local)
{
    [ContractFact]
    public async Task A_table_behind_the_endpoint_answers_as_one_of_dynamodb_local()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var expected = await Botocore.CallAsync("dynamodb", local.Client.Config.ServiceURL, await local.CreateTableAsync());

        var answers = await Botocore.CallAsync("dynamodb", endpoint.Url, endpoint.Table.Options.Name);

        Botocore.Differences(expected, answers).Should().BeEmpty();
    }
}

/// <summary>moto, and our endpoints, asked the same by botocore: what moto can be trusted for, which is the form of answers.</summary>
[NeedsMoto]
public sealed class SameAnswersAsMotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    [ContractFact]
    public async Task A_bucket_behind_the_endpoint_answers_as_one_of_motos()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await SameAsync("s3", endpoint.Url, TestEndpoint.Bucket);
    }

    [ContractFact]
    public async Task A_bus_behind_the_endpoint_answers_as_one_of_motos()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await SameAsync("events", endpoint.Url, endpoint.Bus.Options.Name);
    }

    [ContractFact]
    public async Task A_queue_behind_the_endpoint_answers_as_one_of_motos()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        await SameAsync("sqs", endpoint.Url, endpoint.Queue.Options.Name);
    }

    [ContractFact]
    public async Task A_delivery_stream_behind_the_endpoint_answers_as_one_of_motos()
    {
        // Not running: its database in memory is for one thread, here the endpoint's.
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
