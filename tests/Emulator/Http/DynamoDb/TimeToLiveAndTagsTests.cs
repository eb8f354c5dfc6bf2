using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Flow;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>Time to live and tags of tables that clients make. What is said of AWS are cases of nubo-db/dynamodb-conformance (tier2/ttl, tier2/tags), each of which passes on DynamoDB.</summary>
public sealed class TimeToLiveAndTagsTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.dynamodb.v20120810#";

    private const string Resource = "\"ResourceArn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/mine\"";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_795_500_000));
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync(clock: _clock);
        await CreateAsync("mine");
    }

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    /// <summary>tier2/ttl: enables TTL on a table, DescribeTimeToLive returns ENABLED status, enables TTL with a different attribute name. The other refusals are those of the API Reference.</summary>
    [Fact]
    public async Task Time_to_live_is_enabled_told_and_disabled()
    {
        (await TellAsync("DescribeTimeToLive", """{"TableName":"mine"}""")).Should().Be("""{"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}}""");
        (await RefusalAsync("UpdateTimeToLive", Specification("false", "ttl"))).Should().Be($"{Error}ValidationException: TimeToLive is already disabled");
        (await TellAsync("UpdateTimeToLive", Specification("true", "ttl"))).Should().Be("""{"TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"}}""");
        (await TellAsync("DescribeTimeToLive", """{"TableName":"mine"}""")).Should().Be("""{"TimeToLiveDescription":{"TimeToLiveStatus":"ENABLED","AttributeName":"ttl"}}""");
        (await RefusalAsync("UpdateTimeToLive", Specification("true", "ttl"))).Should().Be($"{Error}ValidationException: TimeToLive is already enabled");
        (await RefusalAsync("UpdateTimeToLive", Specification("true", "other"))).Should().Be($"{Error}ValidationException: TimeToLive is active on a different AttributeName: current AttributeName is ttl");
        (await RefusalAsync("UpdateTimeToLive", Specification("false", "other"))).Should().Be($"{Error}ValidationException: TimeToLive is active on a different AttributeName: current AttributeName is ttl");
        (await TellAsync("UpdateTimeToLive", Specification("false", "ttl"))).Should().Be("""{"TimeToLiveSpecification":{"Enabled":false,"AttributeName":"ttl"}}""");
        (await TellAsync("UpdateTimeToLive", Specification("true", "expiresAt"))).Should().Contain("expiresAt");
        (await TellAsync("DescribeTimeToLive", """{"TableName":"mine"}""")).Should().Contain("expiresAt");
    }

    /// <summary>tier2/ttl: rejects empty attribute name, rejects UpdateTimeToLive on non-existent table.</summary>
    [Theory]
    [InlineData("""{"TableName":"mine","TimeToLiveSpecification":{"Enabled":true,"AttributeName":""} }""", "ValidationException: 1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("""{"TableName":"none","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"} }""", "ResourceNotFoundException: Requested resource not found: Table: none not found")]
    [InlineData("""{"TableName":"mine"}""", "ValidationException: 1 validation error detected: Value null at 'timeToLiveSpecification' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"TableName":"mine","TimeToLiveSpecification":{"AttributeName":"ttl"} }""", "ValidationException: 1 validation error detected: Value null at 'timeToLiveSpecification.enabled' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"TableName":"mine","TimeToLiveSpecification":{"Enabled":true} }""", "ValidationException: 1 validation error detected: Value null at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must not be null")]
    [InlineData("""{"TableName":"events","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"} }""", "ValidationException: The program that started the emulator made the table events: it cannot be changed or deleted here.")]
    public async Task A_wrong_time_to_live_is_refused(string request, string refusal) => (await RefusalAsync("UpdateTimeToLive", request)).Should().Be(Error + refusal);

    [Fact]
    public async Task Items_that_were_there_before_expire_and_the_stream_tells_who_deleted_them()
    {
        var table = _endpoint.Tables.Find("mine")!;
        for (var i = 0; i < 201; i++)
        {
            await PutAsync($"old-{i}", "\"ttl\":{\"N\":\"1795499999\"},\"other\":{\"N\":\"1795600000\"}");
        }

        await PutAsync("text", "\"ttl\":{\"S\":\"1795499999\"}");
        (await table.ExpireAsync()).Should().Be(0);

        await TellAsync("UpdateTimeToLive", Specification("true", "ttl"));
        await PutAsync("new", "\"ttl\":{\"N\":\"1795499999\"}");
        await PutAsync("later", "\"ttl\":{\"N\":\"1795500060\"}");
        (await table.ExpireAsync()).Should().Be(202);
        (await KeysAsync()).Should().Be("later text");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync("UpdateTimeToLive", Specification("false", "ttl"));
        (await table.ExpireAsync()).Should().Be(0, "no item expires any more");
    }

    /// <summary>The names under which an item was read and is stored differ if the time to live is changed in between.</summary>
    [Fact]
    public void An_item_expires_by_the_attribute_that_the_table_has_when_it_is_stored()
    {
        var before = new ItemTableOptions { Name = "mine", PartitionKey = "id", SortKey = null };
        var item = TableItem.Parse("""{"id":{"S":"a"},"m":{"M":{"ttl":{"N":"1"}}},"ttl":{"N":"7"},"x":{"N":"8"}}"""u8.ToArray(), before);

        item.ExpiresAt.Should().BeNull();
        item.For(before with { TimeToLiveAttribute = "ttl" }).ExpiresAt.Should().Be(7);
        item.For(before with { TimeToLiveAttribute = "ttl" }).For(before with { TimeToLiveAttribute = "x" }).ExpiresAt.Should().Be(8);
        item.For(before with { TimeToLiveAttribute = "ttl" }).For(before).ExpiresAt.Should().BeNull();
        item.For(before with { TimeToLiveAttribute = "none" }).ExpiresAt.Should().BeNull();
    }

    /// <summary>tier2/tags.</summary>
    [Fact]
    public async Task Tags_are_added_changed_listed_and_removed()
    {
        (await TellAsync("ListTagsOfResource", $$"""{{{Resource}}}""")).Should().Be("""{"Tags":[]}""");
        (await _endpoint.CallAsync("DynamoDB_20120810.TagResource", $$"""{{{Resource}},"Tags":[{"Key":"env","Value":"test"},{"Key":"project","Value":""}]}""")).Status.Should().Be(200);
        await TellAsync("TagResource", $$"""{{{Resource}},"Tags":[{"Key":"team","Value":"platform"},{"Key":"env","Value":"production"}]}""");
        (await TagsAsync("mine")).Should().Be("env=production project= team=platform");
        await TellAsync("UntagResource", $$"""{{{Resource}},"TagKeys":["team","none"]}""");
        (await TagsAsync("mine")).Should().Be("env=production project=");
        await CreateAsync("other", ",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]");
        (await TagsAsync("other")).Should().Be("a=b");
        (await TagsAsync("events")).Should().BeEmpty();
    }

    /// <summary>tier2/tags: rejects TagResource with an invalid ARN format, rejects ListTagsOfResource with a non-existent ARN (of another account). The others are of the API Reference.</summary>
    [Theory]
    [InlineData("TagResource", """{"ResourceArn":"not-a-valid-arn","Tags":[{"Key":"env","Value":"test"}]}""", "ValidationException: Invalid TableArn: Invalid ResourceArn provided as input not-a-valid-arn")]
    [InlineData("ListTagsOfResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:111111111111:table/none"}""", "AccessDeniedException: ")]
    [InlineData("ListTagsOfResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/none"}""", "ResourceNotFoundException: Requested resource not found: ResourcArn: arn:aws:dynamodb:us-east-1:000000000000:table/none not found")]
    [InlineData("ListTagsOfResource", "{}", "ValidationException: 1 validation error detected: Value null at 'resourceArn' ")]
    [InlineData("TagResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/mine","Tags":[{"Key":"","Value":"test"}]}""", "ValidationException: 1 validation error detected: Value '' at 'tags.1.member.key' ")]
    [InlineData("TagResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/mine","Tags":[{"Key":"a"}]}""", "ValidationException: 1 validation error detected: Value null at 'tags.1.member.value' ")]
    [InlineData("TagResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/mine","Tags":[{"Key":"a","Value":"1"},{"Key":"a","Value":"2"}]}""", "ValidationException: Two tags have the key a.")]
    [InlineData("TagResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/events","Tags":[{"Key":"a","Value":"1"}]}""", "ValidationException: The program that started the emulator made the table events")]
    public async Task Wrong_tags_are_refused(string operation, string request, string refusal) => (await RefusalAsync(operation, request)).Should().StartWith(Error + refusal);

    [Fact]
    public async Task A_table_has_50_tags_at_most()
    {
        static string Tags(int from, int count) => string.Join(',', Enumerable.Range(from, count).Select(static i => $$"""{"Key":"{{i}}","Value":""}"""));
        await TellAsync("TagResource", $$"""{{{Resource}},"Tags":[{{Tags(0, 50)}}]}""");

        (await RefusalAsync("TagResource", $$"""{{{Resource}},"Tags":[{{Tags(50, 1)}}]}""")).Should().Be($"{Error}ValidationException: A table has 50 tags at most.");
        await TellAsync("TagResource", $$"""{{{Resource}},"Tags":[{{Tags(0, 1)}}]}""");
    }

    [Fact]
    public async Task They_are_there_again_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        await RunAsync(folder.Path, static async tables =>
        {
            var table = await tables.CreateAsync(new ItemTableOptions { Name = "mine", PartitionKey = "id", SortKey = null, OfClient = new TableSettings("id") { Tags = new Dictionary<string, string> { ["a"] = "b" } } });
            await tables.ChangeAsync(table, static options => options with { TimeToLiveAttribute = "ttl" });
        });
        await RunAsync(folder.Path, static async tables =>
        {
            await tables.RestoreAsync();
            var options = tables.Find("mine")!.Options;
            (options.TimeToLiveAttribute, options.OfClient!.Tags["a"]).Should().Be(("ttl", "b"));
        });
    }

    private static string Specification(string enabled, string attribute) => $$"""{"TableName":"mine","TimeToLiveSpecification":{"Enabled":{{enabled}},"AttributeName":"{{attribute}}"} }""";

    private async Task RunAsync(string folder, Func<TableCatalog, Task> work)
    {
        await using var database = Database.OpenFile(Path.Combine(folder, "test.db"));
        using var tables = new TableCatalog(database, _clock);
        await work(tables);
    }

    private Task<string> CreateAsync(string name, string more = "") => TellAsync(
        "CreateTable", $$"""{"TableName":"{{name}}","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"{{more}}}""");

    private Task<string> PutAsync(string id, string more) => TellAsync("PutItem", $$$$"""{"TableName":"mine","Item":{"id":{"S":"{{{{id}}}}"},{{{{more}}}}}}""");

    private async Task<string> KeysAsync() =>
        string.Join(' ', JsonNode.Parse(await TellAsync("Scan", """{"TableName":"mine"}"""))!["Items"]!.AsArray().Select(static item => (string)item!["id"]!["S"]!));

    private async Task<string> TagsAsync(string table) => string.Join(' ', JsonNode.Parse(await TellAsync("ListTagsOfResource", $$"""{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/{{table}}"}"""))!["Tags"]!.AsArray()
        .Select(static tag => $"{tag!["Key"]}={tag["Value"]}").Order(StringComparer.Ordinal));

    private async Task<string> TellAsync(string operation, string body) => (await _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body)).Json;

    private async Task<string> RefusalAsync(string operation, string body) => (await _endpoint.CallAsync($"DynamoDB_20120810.{operation}", body)).Refusal;
}
