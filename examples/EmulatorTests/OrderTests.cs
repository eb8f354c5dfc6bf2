using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using DataToEvents.Emulator;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Queues;
using DataToEvents.Emulator.Tables;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.EmulatorTests;

/// <summary>How a project tests its own code against AWS in its own process: each test has an account of its own, on a free port.</summary>
public sealed class OrderTests
{
    private static readonly BasicAWSCredentials Any = new("any", "any");

    [Fact]
    public async Task An_order_in_the_table_becomes_an_invoice_in_the_bucket()
    {
        var bucket = new MemoryBucket();
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions
        {
            AddResources = async account =>
            {
                account.AddBucket("invoices", bucket);
                var orders = await account.AddTableAsync(new ItemTableOptions { Name = "orders" });
                await account.MapStreamAsync(orders, new Invoicing(bucket), new StreamEventSourceOptions { Id = "invoicing" }, onFailure: null);
            },
        });
        using var dynamo = new AmazonDynamoDBClient(Any, new AmazonDynamoDBConfig { ServiceURL = aws.Url, AuthenticationRegion = "us-east-1" });
        using var s3 = new AmazonS3Client(Any, new AmazonS3Config { ServiceURL = aws.Url, AuthenticationRegion = "us-east-1", ForcePathStyle = true });

        await dynamo.PutItemAsync(new PutItemRequest("orders", new() { ["pk"] = new("customer-1"), ["sk"] = new("order-1"), ["total"] = new() { N = "12.50" } }));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await aws.WaitUntilIdleAsync(patience.Token);

        using var invoice = await s3.GetObjectAsync("invoices", "order-1", patience.Token);
        using var reader = new StreamReader(invoice.ResponseStream);
        (await reader.ReadToEndAsync(patience.Token)).Should().Be("12.5");
    }

    [Fact]
    public async Task A_message_that_nobody_deletes_is_there_again_when_the_clock_of_the_test_says_so()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var aws = await AwsEmulator.StartAsync(new AwsEmulatorOptions
        {
            Clock = clock,
            AddResources = async account => await account.AddQueueAsync(new QueueOptions { Name = "orders", Fifo = false }),
        });
        using var sqs = new AmazonSQSClient(Any, new AmazonSQSConfig { ServiceURL = aws.Url, AuthenticationRegion = "us-east-1" });
        var url = (await sqs.GetQueueUrlAsync("orders")).QueueUrl;
        await sqs.SendMessageAsync(url, "an order");

        (await sqs.ReceiveMessageAsync(url)).Messages.Should().ContainSingle();
        (await sqs.ReceiveMessageAsync(url)).Messages.Should().BeNullOrEmpty("the message is invisible for half a minute");
        clock.Advance(TimeSpan.FromSeconds(31));
        (await sqs.ReceiveMessageAsync(url)).Messages.Should().ContainSingle();
    }

    /// <summary>Your function: here the code itself, with Lambda's JSON. <c>InProcessFunction.Create</c> makes one of a handler and a serializer.</summary>
    private sealed class Invoicing(ObjectBucket invoices) : IInvocable
    {
        public string Name => "invoicing";

        public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            using var change = JsonDocument.Parse(payload);
            foreach (var record in change.RootElement.GetProperty("Records").EnumerateArray())
            {
                var order = record.GetProperty("dynamodb").GetProperty("NewImage");
                await invoices.PutAsync(
                    order.GetProperty("sk").GetProperty("S").GetString()!, Encoding.UTF8.GetBytes(order.GetProperty("total").GetProperty("N").GetString()!), cancellationToken);
            }

            return InvocationResult.Success("{}"u8.ToArray());
        }
    }
}
