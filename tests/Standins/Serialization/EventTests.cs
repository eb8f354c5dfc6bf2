using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using Amazon.Lambda.KinesisFirehoseEvents;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace DataToEvents.Standins.Tests.Serialization;

[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
[JsonSerializable(typeof(SQSBatchResponse.BatchItemFailure), TypeInfoPropertyName = "FailedMessage")]
[JsonSerializable(typeof(KinesisFirehoseEvent))]
[JsonSerializable(typeof(KinesisFirehoseResponse))]
[JsonSerializable(typeof(KinesisFirehoseResponse.FirehoseRecord), TypeInfoPropertyName = "Verdict")]
[JsonSerializable(typeof(IList<KinesisFirehoseResponse.FirehoseRecord>), TypeInfoPropertyName = "Verdicts")]
[JsonSerializable(typeof(DynamoDBEvent))]
[JsonSerializable(typeof(StreamsEventResponse))]
[JsonSerializable(typeof(CloudWatchEvent<JsonElement>))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class EventContext : JsonSerializerContext;

/// <summary>Events as AWS sends them and answers as it reads them, through both serializers.</summary>
public sealed class EventTests
{
    private static readonly ILambdaSerializer[] Both = [new SourceGeneratorLambdaJsonSerializer<EventContext>(), new DefaultLambdaJsonSerializer()];

    public static TheoryData<ILambdaSerializer> Serializers => new(Both);

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_batch_of_a_queue_is_read(ILambdaSerializer json)
    {
        var batch = Read<SQSEvent>(json, """
            {"Records":[{"messageId":"m-1","receiptHandle":"r-1","body":"{\"id\":\"é\"}","md5OfBody":"aa","md5OfMessageAttributes":"bb",
              "eventSourceARN":"arn:aws:sqs:eu-north-1:123456789012:events.fifo","eventSource":"aws:sqs","awsRegion":"eu-north-1",
              "attributes":{"MessageGroupId":"orders-7","SequenceNumber":"188","ApproximateReceiveCount":"2"},
              "messageAttributes":{"kind":{"dataType":"Binary","stringValue":null,"binaryValue":"AP8B","stringListValues":["x"],"binaryListValues":["AQ=="]}}}]}
            """);

        var message = batch.Records.Should().ContainSingle().Subject;
        message.MessageId.Should().Be("m-1");
        message.Body.Should().Be("""{"id":"é"}""");
        message.EventSourceArn.Should().EndWith(":events.fifo");
        message.Attributes["MessageGroupId"].Should().Be("orders-7");
        message.MessageAttributes["kind"].BinaryValue.ToArray().Should().Equal(0, 255, 1);
        message.MessageAttributes["kind"].BinaryListValues[0].ToArray().Should().Equal(1);
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void Partial_failures_of_a_batch_are_written(ILambdaSerializer json)
    {
        Write(json, new SQSBatchResponse([new() { ItemIdentifier = "m-1" }])).Should().Be("""{"batchItemFailures":[{"itemIdentifier":"m-1"}]}""");
        Write(json, new SQSBatchResponse()).Should().Be("""{"batchItemFailures":[]}""");
        Write(json, new StreamsEventResponse { BatchItemFailures = [new() { ItemIdentifier = "188" }] }).Should().Be("""{"batchItemFailures":[{"itemIdentifier":"188"}]}""");
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_buffer_of_a_delivery_stream_is_read_and_its_verdicts_are_written(ILambdaSerializer json)
    {
        var buffer = Read<KinesisFirehoseEvent>(json, """
            {"invocationId":"i-1","deliveryStreamArn":"arn:aws:firehose:eu-north-1:123456789012:deliverystream/data","region":"eu-north-1",
             "records":[{"recordId":"1","approximateArrivalTimestamp":1795507750011,"data":"SsO8cmdlbg==","kinesisRecordMetadata":{"shardId":"s"}}]}
            """);

        var record = buffer.Records.Should().ContainSingle().Subject;
        record.ApproximateArrivalEpoch.Should().Be(1795507750011);
        record.ApproximateArrivalTimestamp.Should().Be(new DateTime(2026, 11, 24, 8, 9, 10, 11, DateTimeKind.Utc));
        record.DecodeData().Should().Be("Jürgen");

        var verdict = new KinesisFirehoseResponse.FirehoseRecord { RecordId = "1", Result = KinesisFirehoseResponse.TRANSFORMED_STATE_OK };
        verdict.EncodeData("Jürgen");
        var dropped = new KinesisFirehoseResponse.FirehoseRecord
        {
            RecordId = "2",
            Result = KinesisFirehoseResponse.TRANSFORMED_STATE_DROPPED,
            Metadata = new() { PartitionKeys = new() { ["family"] = "order" } },
        };
        Write(json, new KinesisFirehoseResponse { Records = [verdict, dropped] }).Should().Be(
            """{"records":[{"recordId":"1","result":"Ok","data":"SsO8cmdlbg=="},{"recordId":"2","result":"Dropped","metadata":{"partitionKeys":{"family":"order"}}}]}""");
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_batch_of_a_table_stream_is_read_with_every_type_of_attribute(ILambdaSerializer json)
    {
        var batch = Read<DynamoDBEvent>(json, """
            {"Records":[{"eventID":"e-1","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"eu-north-1",
              "eventSourceARN":"arn:aws:dynamodb:eu-north-1:123456789012:table/events/stream/2026-11-24T00:00:00.000",
              "userIdentity":{"type":"Service","principalId":"dynamodb.amazonaws.com"},
              "dynamodb":{"ApproximateCreationDateTime":1795507750,"SequenceNumber":"188","SizeBytes":54,"StreamViewType":"NEW_IMAGE",
               "Keys":{"pk":{"S":"orders-7"}},
               "NewImage":{"b":{"B":"AP8B"},"bs":{"BS":["AQ==","Ag=="]},"n":{"N":"1.0"},"ns":{"NS":["1","2"]},"ss":{"SS":["x"]},
                "bool":{"BOOL":false},"null":{"NULL":true},"l":{"L":[{"S":"a"},{"L":[]}]},"m":{"M":{"k":{"M":{}}}}}}}]}
            """);

        var record = batch.Records.Should().ContainSingle().Subject;
        record.EventSourceArn.Should().Contain("/stream/");
        record.UserIdentity.PrincipalId.Should().Be("dynamodb.amazonaws.com");
        record.Dynamodb.Keys["pk"].S.Should().Be("orders-7");
        record.Dynamodb.SizeBytes.Should().Be(54);
        var image = record.Dynamodb.NewImage;
        image["b"].B.ToArray().Should().Equal(0, 255, 1);
        image["bs"].BS.Select(item => item.ToArray()[0]).Should().Equal(1, 2);
        image["n"].N.Should().Be("1.0");
        image["ns"].NS.Should().Equal("1", "2");
        image["ss"].SS.Should().Equal("x");
        image["bool"].BOOL.Should().BeFalse();
        image["null"].NULL.Should().BeTrue();
        image["l"].L.Should().HaveCount(2);
        image["m"].M["k"].M.Should().BeEmpty();
        image["n"].S.Should().BeNull();
    }

    [Theory]
    [InlineData("1795507750", 0)]
    [InlineData("1795507750011", 11)]
    [InlineData("1795507750.011", 11)]
    [InlineData("1.795507750011E9", 11)]
    [InlineData("\"2026-11-24T08:09:10.011Z\"", 11)]
    public void Times_are_read_from_seconds_milliseconds_fractions_and_text(string time, int milliseconds)
    {
        foreach (var json in Both)
        {
            var batch = Read<DynamoDBEvent>(json, $$"""{"Records":[{"dynamodb":{"ApproximateCreationDateTime":{{time}} } }]}""");

            batch.Records[0].Dynamodb.ApproximateCreationDateTime
                .Should().BeCloseTo(new DateTime(2026, 11, 24, 8, 9, 10, milliseconds, DateTimeKind.Utc), TimeSpan.FromMicroseconds(1))
                .And.BeIn(DateTimeKind.Utc);
        }
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void An_event_of_a_bus_is_read_with_its_detail_as_it_is(ILambdaSerializer json)
    {
        const string detail = """{"b":1.0,"a":[null,"é",12345678901234567890]}""";
        var busEvent = Read<CloudWatchEvent<JsonElement>>(json, $$"""
            {"version":"0","id":"i-1","detail-type":"DataInserted","source":"datatoevents.insert","account":"123456789012","time":"2026-11-24T08:09:10Z",
             "region":"eu-north-1","resources":["arn:aws:dynamodb:eu-north-1:123456789012:table/events"],"detail":{{detail}},"replay-name":"r"}
            """);

        busEvent.DetailType.Should().Be("DataInserted");
        busEvent.Time.Should().Be(new DateTime(2026, 11, 24, 8, 9, 10, DateTimeKind.Utc));
        busEvent.Resources.Should().ContainSingle();
        busEvent.Detail.GetRawText().Should().Be(detail);
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void A_request_of_an_HTTP_API_is_read_and_its_answer_is_written(ILambdaSerializer json)
    {
        var request = Read<APIGatewayHttpApiV2ProxyRequest>(json, """
            {"version":"2.0","routeKey":"GET /streams/{id}","rawPath":"/streams/a","rawQueryString":"limit=5","cookies":["c=1"],
             "headers":{"accept":"application/json"},"queryStringParameters":{"limit":"5"},"pathParameters":{"id":"a"},"stageVariables":{"s":"1"},
             "requestContext":{"accountId":"1","apiId":"x","domainName":"d","domainPrefix":"p","requestId":"r","routeKey":"k","stage":"$default",
              "time":"24/Nov/2026:08:09:10 +0000","timeEpoch":1795507750011,
              "authentication":{"clientCert":{"clientCertPem":"pem","subjectDN":"cn","validity":{"notBefore":"then"}}},
              "authorizer":{"jwt":{"claims":{"sub":"me"},"scopes":["read"]},"lambda":{"key":"value"},"iam":{"userArn":"arn","cognitoIdentity":{"amr":["a"]}}},
              "http":{"method":"GET","path":"/streams/a","protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":"test"}},
             "body":"text","isBase64Encoded":true}
            """);

        request.PathParameters["id"].Should().Be("a");
        request.QueryStringParameters["limit"].Should().Be("5");
        request.Cookies.Should().Equal("c=1");
        request.IsBase64Encoded.Should().BeTrue();
        request.RequestContext.Http.Method.Should().Be("GET");
        request.RequestContext.TimeEpoch.Should().Be(1795507750011);
        request.RequestContext.Authentication.ClientCert.Validity.NotBefore.Should().Be("then");
        request.RequestContext.Authorizer.Jwt.Scopes.Should().Equal("read");
        request.RequestContext.Authorizer.Lambda["key"].ToString().Should().Be("value");
        request.RequestContext.Authorizer.IAM.UserARN.Should().Be("arn");
        request.RequestContext.Authorizer.IAM.CognitoIdentity.AMR.Should().Equal("a");

        var response = new APIGatewayHttpApiV2ProxyResponse { StatusCode = 404, Body = "é" };
        response.SetHeaderValues("vary", "a", append: false);
        response.SetHeaderValues("vary", ["b", "c"], append: true);
        Write(json, response).Should().Be("""{"statusCode":404,"headers":{"vary":"a,b,c"},"body":"é","isBase64Encoded":false}""");
    }

    private static T Read<T>(ILambdaSerializer json, string text) => json.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static string Write<T>(ILambdaSerializer json, T value)
    {
        using var stream = new MemoryStream();
        json.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
