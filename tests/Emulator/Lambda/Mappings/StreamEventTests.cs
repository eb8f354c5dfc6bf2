using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

public class StreamEventTests
{
    [Fact]
    public async Task The_function_gets_Lambdas_event()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.PutAsync(TableBed.Item("a", "1", "José"));
        await bed.Table.PutAsync(TableBed.Item("a", "1", "changed"));
        await bed.Table.DeleteAsync("a", "1", byTimeToLive: true);
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function);

        var records = function.Events.Should().ContainSingle().Subject["Records"]!.AsArray();
        var old = JsonNode.Parse(TableBed.Item("a", "1", "José"));
        var changed = JsonNode.Parse(TableBed.Item("a", "1", "changed"));
        Same(records[0]!, Record("INSERT", ("NewImage", old)));
        Same(records[1]!, Record("MODIFY", ("NewImage", changed), ("OldImage", old)));
        var removal = Record("REMOVE", ("OldImage", changed));
        removal["userIdentity"] = new JsonObject { ["type"] = "Service", ["principalId"] = "dynamodb.amazonaws.com" };
        Same(records[2]!, removal);
        records.Select(record => record!["eventID"]!.GetValue<string>()).Should().OnlyHaveUniqueItems().And.OnlyContain(id => id.Length == 32);
        records.Select(record => record!["dynamodb"]!["SequenceNumber"]!.GetValue<string>()).Should().BeInAscendingOrder();
        records.Should().OnlyContain(record => record!["dynamodb"]!["SizeBytes"]!.GetValue<long>() > 0);
    }

    [Fact]
    public async Task Records_given_up_are_written_as_Lambda_writes_them_to_S3()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "bad1"), ("a", "2"));
        var function = new FakeFunction(StreamBed.ThrowOnBad);
        var failures = new CollectedFailures();
        var options = StreamBed.Options with { MaximumRetryAttempts = 2, FunctionArn = "arn:aws:lambda:us-east-1:000000000000:function:emit" };

        StreamBed.Run(bed, function, options, failures, StreamBed.Wait(bed));

        var (key, written) = failures.Objects.Should().ContainSingle().Subject;
        key.Should().MatchRegex("^aws/lambda/mapping/shardId-[0-9-]+/2026/11/24/2026-11-24T12\\.\\d\\d\\.\\d\\d-[0-9a-f-]{36}$");
        written["requestContext"]!["condition"]!.GetValue<string>().Should().Be("RetryAttemptsExhausted");
        written["requestContext"]!["approximateInvokeCount"]!.GetValue<int>().Should().Be(3);
        written["requestContext"]!["functionArn"]!.GetValue<string>().Should().Be(options.FunctionArn);
        written["requestContext"]!["requestId"]!.GetValue<Guid>().Should().NotBeEmpty();
        written["responseContext"]!.ToJsonString().Should().Be("""{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"}""");
        written["version"]!.GetValue<string>().Should().Be("1.0");
        written["timestamp"]!.GetValue<string>().Should().MatchRegex("^2026-11-24T12:\\d\\d:\\d\\d\\.\\d{3}Z$");
        var records = function.Events[0]["Records"]!.AsArray();
        Same(written["DDBStreamBatchInfo"]!, new JsonObject
        {
            ["shardId"] = written["DDBStreamBatchInfo"]!["shardId"]!.DeepClone(),
            ["startSequenceNumber"] = records[0]!["dynamodb"]!["SequenceNumber"]!.DeepClone(),
            ["endSequenceNumber"] = records[1]!["dynamodb"]!["SequenceNumber"]!.DeepClone(),
            ["approximateArrivalOfFirstRecord"] = "2026-11-24T12:00:00Z",
            ["approximateArrivalOfLastRecord"] = "2026-11-24T12:00:00Z",
            ["batchSize"] = 2,
            ["streamArn"] = bed.Table.Options.StreamArn,
        });
        JsonNode.DeepEquals(JsonNode.Parse(written["payload"]!.GetValue<string>()), function.Events[0]).Should().BeTrue();
    }

    private static JsonObject Record(string eventName, params (string Name, JsonNode? Image)[] images)
    {
        var change = new JsonObject
        {
            ["ApproximateCreationDateTime"] = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
            ["Keys"] = JsonNode.Parse("""{"pk":{"S":"a"},"sk":{"S":"1"}}"""),
            ["StreamViewType"] = "NEW_AND_OLD_IMAGES",
        };
        foreach (var (name, image) in images)
        {
            change[name] = image!.DeepClone();
        }

        return new JsonObject
        {
            ["eventName"] = eventName,
            ["eventVersion"] = "1.1",
            ["eventSource"] = "aws:dynamodb",
            ["awsRegion"] = "us-east-1",
            ["dynamodb"] = change,
            ["eventSourceARN"] = "arn:aws:dynamodb:us-east-1:000000000000:table/events/stream/2026-01-01T00:00:00.000",
        };
    }

    private static void Same(JsonNode actual, JsonNode expected)
    {
        var compared = actual.DeepClone().AsObject();
        compared.Remove("eventID");
        foreach (var name in new[] { "SequenceNumber", "SizeBytes" })
        {
            (compared["dynamodb"] as JsonObject)?.Remove(name);
        }

        var other = expected.DeepClone().AsObject();
        JsonNode.DeepEquals(compared, other).Should().BeTrue("{0} should be {1}", compared.ToJsonString(), other.ToJsonString());
    }
}
