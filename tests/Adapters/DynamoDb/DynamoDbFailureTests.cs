using Amazon.DynamoDBv2;
using Amazon.Runtime;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.Wire;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.Tests.DynamoDb;

/// <summary>Responses of DynamoDB that DynamoDB Local never gives.</summary>
public sealed class DynamoDbFailureTests
{
    [Theory]
    [InlineData("ThrottlingError", AppendKind.Failed)]
    [InlineData("ProvisionedThroughputExceeded", AppendKind.Failed)]
    [InlineData("RequestLimitExceeded", AppendKind.Failed)]
    [InlineData("TransactionConflict", AppendKind.Failed)]
    [InlineData("InternalServerError", AppendKind.Failed)]
    [InlineData("ValidationError", AppendKind.Unstorable)]
    [InlineData("AccessDenied", AppendKind.Refused)]
    [InlineData("ItemCollectionSizeLimitExceeded", AppendKind.Unstorable)]
    public async Task A_statement_that_fails_harms_no_other(string code, AppendKind expected)
    {
        var wire = new FakeAws(_ => WireAnswer.Json($$$"""{"Responses":[{"TableName":"events"},{"Error":{"Code":"{{{code}}}","Message":"why"}}]}"""));

        var outcomes = await Store(wire).AppendAsync([Some.ToStore(Some.Event("s-0")), Some.ToStore(Some.Event("s-1"))], default);

        outcomes.Select(outcome => outcome.Kind).Should().Equal(AppendKind.Stored, expected);
        outcomes[1].Reason.Should().Contain(code).And.Contain("why");
    }

    [Fact]
    public async Task A_duplicate_that_comes_without_its_item_is_read_for_comparison()
    {
        var hash = Some.Event().ContentHash();
        var wire = new FakeAws(request => request.Operation == "BatchGetItem"
            ? WireAnswer.Json($$$$"""{"Responses":{"events":[{"pk":{"S":"s-0"},"sk":{"S":"e-1\t/tests"},"hash":{"S":"{{{{hash}}}}"}},{"pk":{"S":"s-1"},"sk":{"S":"e-1\t/tests"},"hash":{"S":"other"}}]},"UnprocessedKeys":{"events":{"Keys":[{"pk":{"S":"s-2"},"sk":{"S":"e-1\t/tests"}}]}}}""")
            : WireAnswer.Json($$$"""{"Responses":[{{{string.Join(",", Enumerable.Repeat("""{"Error":{"Code":"DuplicateItem","Message":"is there"}}""", 3))}}}]}"""));

        var outcomes = await Store(wire).AppendAsync([.. Enumerable.Range(0, 3).Select(number => Some.ToStore(Some.Event($"s-{number}")))], default);

        outcomes.Select(outcome => outcome.Kind).Should().Equal(AppendKind.Duplicate, AppendKind.Conflict, AppendKind.Failed);
        wire.Requests.Select(request => request.Operation).Should().Equal("BatchExecuteStatement", "BatchGetItem");
    }

    [Fact]
    public async Task A_batch_is_one_call()
    {
        var wire = new FakeAws(_ => WireAnswer.Json($$"""{"Responses":[{{string.Join(",", Enumerable.Repeat("{}", 10))}}]}"""));

        await Store(wire).AppendAsync([.. Enumerable.Range(0, 10).Select(number => Some.ToStore(Some.Event($"s-{number}")))], default);

        wire.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalServerError")]
    [InlineData(HttpStatusCode.BadRequest, "RequestLimitExceeded")]
    public async Task A_call_that_fails_as_a_whole_is_thrown(HttpStatusCode status, string code)
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(status, code));

        var append = () => Store(wire).AppendAsync([Some.ToStore(Some.Event())], default);

        (await append.Should().ThrowAsync<AmazonServiceException>()).Which.ErrorCode.Should().Be(code);
    }

    [Fact]
    public async Task A_call_that_is_refused_as_a_whole_is_refused_for_each_of_its_events()
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(HttpStatusCode.BadRequest, "com.amazon.coral.validate#ValidationException", "Provided list of item keys contains duplicates"));

        var outcomes = await Store(wire).AppendAsync([Some.ToStore(Some.Event()), Some.ToStore(Some.Event())], default);

        outcomes.Should().HaveCount(2).And.OnlyContain(
            outcome => outcome.Kind == AppendKind.Refused && outcome.Reason == "DynamoDB: ValidationException: Provided list of item keys contains duplicates");
    }

    [Fact]
    public async Task A_transaction_that_meets_another_one_is_tried_again()
    {
        var answers = new Queue<WireAnswer>([Cancelled("None", "TransactionConflict"), Cancelled("None", "None", "ThrottlingError"), WireAnswer.Json("{}")]);
        var wire = ViewWire.Of(_ => answers.Dequeue());

        (await View(wire).ApplyAsync(Some.Event(), "1", default)).Should().BeTrue();

        wire.Transactions().Should().HaveCount(3).And.OnlyContain(request => request.Operation == "TransactWriteItems");
    }

    [Fact]
    public async Task A_transaction_that_always_meets_another_one_is_tried_until_the_time_is_used_up()
    {
        var time = new SkippingClock();
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(29), time);
        var wire = ViewWire.Of(_ => Cancelled("None", "TransactionConflict"));

        var apply = () => View(wire, time).ApplyAsync(Some.Event(), "1", budget.Token);

        await apply.Should().ThrowAsync<TimeoutException>().WithMessage("*e-1*TransactionConflict*");
        wire.Transactions().Should().HaveCountGreaterThan(12);
        time.Elapsed.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(29));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalServerError")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    public async Task A_view_that_is_down_or_throttled_is_tried_until_the_time_is_used_up(HttpStatusCode status, string code)
    {
        var time = new SkippingClock();
        using var budget = new CancellationTokenSource(TimeSpan.FromSeconds(29), time);
        var wire = new FakeAws(_ => WireAnswer.JsonError(status, code));

        var apply = () => View(wire, time).ApplyAsync(Some.Event(), "1", budget.Token);

        await apply.Should().ThrowAsync<TimeoutException>().WithMessage($"The time was used up after*{code}: said the service");
        wire.Requests.Should().HaveCountGreaterThan(12);
    }

    [Fact]
    public async Task A_transaction_that_cannot_succeed_is_tried_once()
    {
        var wire = ViewWire.Of(_ => Cancelled("ValidationError"));

        var apply = () => View(wire).ApplyAsync(Some.Event(), "1", default);

        await apply.Should().ThrowAsync<InvalidOperationException>().WithMessage("*ValidationError*");
        wire.Transactions().Should().ContainSingle();
    }

    [Fact]
    public async Task A_missing_table_is_named_with_its_variable()
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(HttpStatusCode.BadRequest, "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"));

        var apply = () => View(wire).ApplyAsync(Some.Event(), "1", default);

        var look = () => View(wire).EnsureTableExistsAsync(default);
        var lookForStore = () => Store(wire).EnsureTableExistsAsync(default);

        await apply.Should().ThrowAsync<InvalidOperationException>().WithMessage("There is no table view (VIEW_TABLE_NAME).");
        await look.Should().ThrowAsync<InvalidOperationException>().WithMessage("There is no table view (VIEW_TABLE_NAME).");
        await lookForStore.Should().ThrowAsync<InvalidOperationException>().WithMessage("There is no table events (TABLE_NAME).");
    }

    [Fact]
    public async Task A_call_that_hangs_ends_when_it_is_cancelled()
    {
        var append = (CancellationToken cancellation, FakeAws wire) => (Task)Store(wire).AppendAsync([Some.ToStore(Some.Event())], cancellation);
        var apply = (CancellationToken cancellation, FakeAws wire) => (Task)View(wire).ApplyAsync(Some.Event(), "1", cancellation);
        var read = (CancellationToken cancellation, FakeAws wire) => (Task)View(wire).SummaryAsync(cancellation);

        foreach (var call in new[] { append, apply, read })
        {
            await FakeAws.HangingAsync(call);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a")]
    [InlineData("events\" VALUE")]
    public void A_table_that_can_be_none_is_refused_at_once_by_its_variable(string? name)
    {
        var options = () => new DynamoDbOptions(name, DynamoDbOptions.StoreVariable);

        options.Should().Throw<ArgumentException>().WithMessage("TABLE_NAME must be*");
    }

    private static WireAnswer Cancelled(params string[] codes) => new(
        HttpStatusCode.BadRequest,
        $$"""{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"cancelled","CancellationReasons":[{{string.Join(",", codes.Select(code => $$"""{"Code":"{{code}}","Message":"why"}"""))}}]}""");

    private static DynamoDbEventStore Store(FakeAws wire) => new(new AmazonDynamoDBClient(wire.Plays(SdkSettings.Of<AmazonDynamoDBConfig>())), new DynamoDbOptions("events", DynamoDbOptions.StoreVariable));

    private static DynamoDbStreamView View(FakeAws wire) => View(wire, TimeProvider.System, new NoJitter());

    private static DynamoDbStreamView View(FakeAws wire, TimeProvider time) => View(wire, time, new Random(1));

    private static DynamoDbStreamView View(FakeAws wire, TimeProvider time, Random random) =>
        new(new AmazonDynamoDBClient(wire.Plays(SdkSettings.Of<AmazonDynamoDBConfig>())), new StreamViewOptions(new DynamoDbOptions("view", DynamoDbOptions.ViewVariable)), time, random);
}
