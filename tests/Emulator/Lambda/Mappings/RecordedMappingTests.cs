using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Queues;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

/// <summary>What Lambda's mappings did on AWS. Sources are scenarios that LocalStack recorded there, by their names.</summary>
public class RecordedMappingTests
{
    /// <summary>mapping-sqs: test_report_batch_item_failures. Four messages of a group: the first answer names all but one, the second names the last.</summary>
    [Fact]
    public async Task Messages_that_the_answer_names_come_back_and_the_others_are_gone()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 2);
        await bed.SendAllAsync(("1", "a"), ("1", "b"), ("1", "c"), ("1", "d"));
        var named = new Queue<string[]>([["b", "c", "d"], ["d"]]);
        var function = new FakeFunction(input => Naming(input, named.Dequeue()));

        Run(bed, function, 3);

        function.Events.Select(Bodies).Should().Equal("a b c d", "b c d");
        (await bed.DeadLetters.ListAsync()).Select(letter => Encoding.UTF8.GetString(letter.Body.Span)).Should().Equal("d");
    }

    /// <summary>
    /// mapping-sqs: test_report_batch_item_failures_invalid_result_json_batch_fails, test_report_batch_item_failures_on_lambda_error, test_redrive_policy_with_failing_lambda.
    /// </summary>
    [Theory]
    [InlineData("""{"batchItemFailures":[{"foo":"notvalid"}]}""", false)]
    [InlineData("an error of the function", true)]
    public async Task A_batch_that_fails_is_passed_again_until_its_receives_are_used_up(string answer, bool isError)
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 2);
        await bed.SendAsync("1", "a");
        var function = new FakeFunction(_ => Task.FromResult(isError ? InvocationResult.Failure("Exception", answer) : InvocationResult.Success(Encoding.UTF8.GetBytes(answer))));

        Run(bed, function, 3);

        function.Events.Select(input => input["Records"]![0]!["attributes"]!["ApproximateReceiveCount"]!.GetValue<string>()).Should().Equal("1", "2");
        (await bed.DeadLetters.ListAsync()).Should().ContainSingle();
    }

    /// <summary>mapping-sqs: test_report_batch_item_failures_empty_json_batch_succeeds; test_failing_lambda_retries_after_visibility_timeout for the second attempt.</summary>
    [Fact]
    public async Task An_empty_object_is_success()
    {
        await using var bed = await QueueBed.OpenAsync(maxReceiveCount: 2);
        await bed.SendAsync("1", "a");
        var attempts = 0;
        var function = new FakeFunction(_ => Task.FromResult(++attempts == 1 ? InvocationResult.Failure("Exception", "failed attempt") : InvocationResult.Success("{}"u8.ToArray())));

        Run(bed, function, 3);

        attempts.Should().Be(2);
        bed.Queue.Stats.Depth.Should().Be(0);
        bed.DeadLetters.Stats.Depth.Should().Be(0);
    }

    /// <summary>mapping-dynamodbstreams: test_dynamodb_report_batch_item_failure_scenarios, by the kind of failure, with three retries.</summary>
    [Theory]
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":""}]}""")] // empty_string_item_identifier_failure
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":null}]}""")] // null_item_identifier_failure
    [InlineData("""{"batchItemFailures":[{"foo":"(id)"}]}""")] // invalid_key_foo_failure
    [InlineData("""{"batchItemFailures":[{"foo":null}]}""")] // invalid_key_foo_null_value_failure
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"123"}]}""")] // item_identifier_not_present_failure
    [InlineData("""{"batchItemFailures":[{"itemIdentifier":"(id)"}]}""")] // test_dynamodb_report_batch_item_failures_with_on_failure_destination_config
    public async Task A_batch_that_an_answer_fails_is_given_up_with_a_functionError_of_null(string answer)
    {
        var (invocations, written) = await GiveUpAsync(input => InvocationResult.Success(
            Encoding.UTF8.GetBytes(answer.Replace("(id)", input["Records"]![0]!["dynamodb"]!["SequenceNumber"]!.GetValue<string>(), StringComparison.Ordinal))));

        invocations.Should().Be(4);
        written["requestContext"]!["condition"]!.GetValue<string>().Should().Be("RetryAttemptsExhausted");
        written["requestContext"]!["approximateInvokeCount"]!.GetValue<int>().Should().Be(4);
        written["responseContext"]!.ToJsonString().Should().Be("""{"statusCode":200,"executedVersion":"$LATEST","functionError":null}""");
        written["DDBStreamBatchInfo"]!["batchSize"]!.GetValue<int>().Should().Be(1);
    }

    /// <summary>mapping-dynamodbstreams: unhandled_exception_in_function, and test_dynamodb_event_source_mapping_with_s3_on_failure_destination for the payload.</summary>
    [Fact]
    public async Task A_batch_that_the_function_throws_on_is_given_up_with_its_functionError()
    {
        var (invocations, written) = await GiveUpAsync(_ => InvocationResult.Failure("Exception", "unhandled"));

        invocations.Should().Be(4);
        written["responseContext"]!["functionError"]!.GetValue<string>().Should().Be("Unhandled");
        JsonNode.Parse(written["payload"]!.GetValue<string>())!["Records"]!.AsArray().Should().ContainSingle();
    }

    /// <summary>mapping-dynamodbstreams: test_dynamodb_report_batch_item_success_scenarios.</summary>
    [Theory]
    [InlineData("[]")] // empty_list_success
    [InlineData("null")] // null_success
    [InlineData("{}")] // empty_dict_success
    [InlineData("""{"batchItemFailures":[]}""")] // empty_batch_item_failure_success
    [InlineData("""{"batchItemFailures":null}""")] // null_batch_item_failure_success
    public async Task An_answer_without_failures_is_success(string answer)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"));
        var function = new FakeFunction(_ => answer);

        var stats = StreamBed.Run(bed, function, StreamBed.Options with { MaximumRetryAttempts = 3 }, null, StreamBed.Wait(bed));

        (function.Events.Count, stats.FailedInvocations).Should().Be((1, 0));
    }

    /// <summary>mapping-dynamodbstreams: test_dynamodb_event_filter, by its name.</summary>
    [Theory]
    [InlineData("""{"dynamodb":{"NewImage":{"presentKey":{"S":["presentValue"]}}}}""", "2")] // content_filter_type
    [InlineData("""{"dynamodb":{"NewImage":{"presentKey":{"S":[{"exists":true}]}}}}""", "2")] // exists_filter_type
    [InlineData("""{"dynamodb":{"NewImage":{"presentKey":[{"exists":false}]}}}""", "1 2 3 4")] // exists_false_filter: of what is an object it is true too
    [InlineData("""{"dynamodb":{"NewImage":{"numericFilter":{"N":[{"numeric":[">",100]},{"anything-but":"101"}]}}}}""", "3")] // numeric_filter
    [InlineData("""{"dynamodb":{"NewImage":{"prefix":{"S":[{"prefix":"us-1"}]}}}}""", "4")] // prefix_filter
    public async Task A_filter_passes_what_it_passed_on_AWS(string pattern, string passed)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"1"}}"""u8.ToArray());
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"2"},"presentKey":{"S":"presentValue"}}"""u8.ToArray());
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"3"},"numericFilter":{"N":"42"}}"""u8.ToArray());
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"4"},"prefix":{"S":"us-1-other-suffix"}}"""u8.ToArray());
        var filter = new StreamFilter([pattern], bed.Table.Options);

        string.Join(' ', (await bed.ChangesAsync()).Where(filter.Wants).Select(change => change.SortKey)).Should().Be(passed);
    }

    /// <summary>mapping-dynamodbstreams: test_dynamodb_event_filter, by its name. The same item put a second time is no change.</summary>
    [Theory]
    [InlineData("""{"eventName":["INSERT"]}""", "Insert")] // insert_same_entry_twice
    [InlineData("""{"eventName":["INSERT","MODIFY"]}""", "Insert Modify")] // content_or_filter
    [InlineData("""{"eventName":["INSERT"],"eventSource":["aws:dynamodb"]}""", "Insert")] // content_multiple_filters
    public async Task A_filter_by_the_name_of_the_event_passes_what_it_passed_on_AWS(string pattern, string passed)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"1"}}"""u8.ToArray());
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"1"}}"""u8.ToArray());
        await bed.Table.PutAsync("""{"pk":{"S":"a"},"sk":{"S":"1"},"id2":{"S":"id2_new_value"}}"""u8.ToArray());
        var filter = new StreamFilter([pattern], bed.Table.Options);

        string.Join(' ', (await bed.ChangesAsync()).Where(filter.Wants).Select(change => change.Kind)).Should().Be(passed);
    }

    /// <summary>mapping-dynamodbstreams: test_dynamodb_invalid_event_filter.</summary>
    [Theory]
    [InlineData("single-string")]
    [InlineData("""[{"eventName": ["INSERT"=123}]""")]
    public void A_filter_that_is_no_pattern_is_refused(string pattern)
    {
        var create = () => new StreamFilter([pattern], new ItemTableOptions { Name = "events" });

        create.Should().Throw<ServiceException>().WithMessage("Invalid filter pattern definition.*").Which.Code.Should().Be("InvalidParameterValueException");
    }

    private static async Task<(int Invocations, JsonNode Written)> GiveUpAsync(Func<JsonNode, InvocationResult> answer)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"));
        var function = new FakeFunction(input => Task.FromResult(answer(input)));
        var failures = new CollectedFailures();
        StreamBed.Run(bed, function, StreamBed.Options with { MaximumRetryAttempts = 3 }, failures, StreamBed.Wait(bed));
        return (function.Events.Count, failures.Objects.Values.Single());
    }

    private static void Run(QueueBed bed, FakeFunction function, int timeouts)
    {
        var source = new QueueEventSource(bed.Queue, function, new QueueEventSourceOptions());
        OneThread.Run(async () =>
        {
            using var stop = new CancellationTokenSource();
            var running = source.RunAsync(stop.Token);
            await OneThread.IdleAsync();
            for (var i = 0; i < timeouts; i++)
            {
                bed.Time.Advance(QueueBed.Visibility);
                await OneThread.IdleAsync();
            }

            stop.Cancel();
            await running;
        });
    }

    private static string Naming(JsonNode input, string[] bodies) => $$"""
        {"batchItemFailures":[{{string.Join(',', input["Records"]!.AsArray()
            .Where(record => bodies.Contains(record!["body"]!.GetValue<string>())).Select(record => $$"""{"itemIdentifier":"{{record!["messageId"]}}"}"""))}}]}
        """;

    private static string Bodies(JsonNode input) => string.Join(' ', input["Records"]!.AsArray().Select(record => record!["body"]!.GetValue<string>()));
}
