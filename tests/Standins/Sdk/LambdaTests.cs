using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;

namespace DataToEvents.Standins.Tests.Sdk;

public sealed class LambdaTests
{
    private const string Mapping = """{"UUID":"u-1","EventSourceArn":"arn:queue","FunctionArn":"arn:function","State":"Disabling","BatchSize":10}""";

    [Fact]
    public async Task Mappings_are_listed_by_their_source()
    {
        await using var service = new FakeService((200, $$"""{"EventSourceMappings":[{{Mapping}}],"NextMarker":"next"}"""));
        using var client = Client(service);

        var response = await client.ListEventSourceMappingsAsync(new ListEventSourceMappingsRequest { EventSourceArn = "arn:aws:sqs:eu-north-1:1:q.fifo", MaxItems = 5 });

        var sent = service.Requests.Should().ContainSingle().Subject;
        (sent.Method, Uri.UnescapeDataString(sent.Path), sent.Body).Should().Be(("GET", "/2015-03-31/event-source-mappings/?EventSourceArn=arn:aws:sqs:eu-north-1:1:q.fifo&MaxItems=5", ""));
        sent.Headers["X-Amz-Target"].Should().BeNull();
        sent.Headers["Authorization"].Should().Contain("/eu-north-1/lambda/aws4_request");
        response.NextMarker.Should().Be("next");
        response.EventSourceMappings.Select(mapping => $"{mapping.UUID} {mapping.EventSourceArn} {mapping.FunctionArn} {mapping.State}").Should().Equal("u-1 arn:queue arn:function Disabling");
    }

    [Fact]
    public async Task A_mapping_is_disabled()
    {
        await using var service = new FakeService((202, Mapping));
        using var client = Client(service);

        var response = await client.UpdateEventSourceMappingAsync(new UpdateEventSourceMappingRequest { UUID = "u-1", Enabled = false });

        var sent = service.Requests.Should().ContainSingle().Subject;
        (sent.Method, sent.Path, sent.Body).Should().Be(("PUT", "/2015-03-31/event-source-mappings/u-1", """{"Enabled":false}"""));
        (response.UUID, response.State).Should().Be(("u-1", "Disabling"));
    }

    [Fact]
    public async Task The_concurrency_of_a_function_is_reserved_read_and_given_back()
    {
        await using var service = new FakeService((200, """{"ReservedConcurrentExecutions":0}"""), (200, """{"ReservedConcurrentExecutions":7}"""), (200, "{}"), (204, ""));
        using var client = Client(service);

        (await client.PutFunctionConcurrencyAsync(new PutFunctionConcurrencyRequest { FunctionName = "f", ReservedConcurrentExecutions = 0 })).ReservedConcurrentExecutions.Should().Be(0);
        (await client.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = "f" })).ReservedConcurrentExecutions.Should().Be(7);
        (await client.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = "f" })).ReservedConcurrentExecutions.Should().BeNull();
        await client.DeleteFunctionConcurrencyAsync(new DeleteFunctionConcurrencyRequest { FunctionName = "f" });

        service.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}").Should().Equal(
            """PUT /2017-10-31/functions/f/concurrency {"ReservedConcurrentExecutions":0}""",
            "GET /2019-09-30/functions/f/concurrency ",
            "GET /2019-09-30/functions/f/concurrency ",
            "DELETE /2017-10-31/functions/f/concurrency ");
    }

    [Fact]
    public async Task The_limits_of_the_account_are_read()
    {
        await using var service = new FakeService((200, """{"AccountLimit":{"TotalCodeSize":80530636800,"ConcurrentExecutions":10,"UnreservedConcurrentExecutions":8},"AccountUsage":{"FunctionCount":5}}"""));
        using var client = Client(service);

        var limit = (await client.GetAccountSettingsAsync(new GetAccountSettingsRequest())).AccountLimit;

        service.Requests.Select(sent => $"{sent.Method} {sent.Path}").Should().Equal("GET /2016-08-19/account-settings");
        (limit.ConcurrentExecutions, limit.UnreservedConcurrentExecutions).Should().Be((10, 8));
    }

    [Fact]
    public async Task An_alias_is_read_given_a_weight_and_moved()
    {
        await using var service = new FakeService(
            (200, """{"AliasArn":"arn:f:live","Name":"live","FunctionVersion":"4","Description":"d","RevisionId":"r-1","RoutingConfig":{"AdditionalVersionWeights":{"5":0.1}}}"""), (200, """{"RevisionId":"r-2","RoutingConfig":null}"""), (200, "{}"));
        using var client = Client(service);

        var alias = await client.GetAliasAsync(new GetAliasRequest { FunctionName = "f", Name = "live" });
        var weighted = await client.UpdateAliasAsync(new UpdateAliasRequest { FunctionName = "f", Name = "live", RevisionId = "r-1", RoutingConfig = new AliasRoutingConfiguration { AdditionalVersionWeights = new() { ["5"] = 0.25 } } });
        await client.UpdateAliasAsync(new UpdateAliasRequest { FunctionName = "f", Name = "live", FunctionVersion = "5", Description = "e", RoutingConfig = new AliasRoutingConfiguration { AdditionalVersionWeights = [] } });

        (alias.AliasArn, alias.Name, alias.FunctionVersion, alias.Description, alias.RevisionId).Should().Be(("arn:f:live", "live", "4", "d", "r-1"));
        alias.RoutingConfig.AdditionalVersionWeights.Should().Equal(new Dictionary<string, double> { ["5"] = 0.1 });
        weighted.RevisionId.Should().Be("r-2");
        weighted.RoutingConfig.Should().BeNull();
        service.Requests.Select(sent => $"{sent.Method} {sent.Path} {sent.Body}").Should().Equal(
            "GET /2015-03-31/functions/f/aliases/live ",
            """PUT /2015-03-31/functions/f/aliases/live {"RevisionId":"r-1","RoutingConfig":{"AdditionalVersionWeights":{"5":0.25}}}""",
            """PUT /2015-03-31/functions/f/aliases/live {"Description":"e","FunctionVersion":"5","RoutingConfig":{"AdditionalVersionWeights":{}}}""");
    }

    [Fact]
    public async Task Versions_are_listed_page_by_page()
    {
        await using var service = new FakeService((200, """{"Versions":[{"Version":"$LATEST"},{"Version":"1","FunctionName":"f","CodeSha256":"hash","Description":"d","Timeout":30,"LastModified":"2026-11-30T10:00:00.000+0000","Layers":[{"Arn":"a"}]}],"NextMarker":"more"}"""));
        using var client = Client(service);

        var page = await client.ListVersionsByFunctionAsync(new ListVersionsByFunctionRequest { FunctionName = "f", Marker = "m", MaxItems = 2 });

        service.Requests.Select(sent => $"{sent.Method} {sent.Path}").Should().Equal("GET /2015-03-31/functions/f/versions?Marker=m&MaxItems=2");
        page.NextMarker.Should().Be("more");
        page.Versions.Select(version => $"{version.Version} {version.FunctionName} {version.CodeSha256} {version.Description} {version.Timeout} {version.LastModified}").Should().Equal("$LATEST     ", "1 f hash d 30 2026-11-30T10:00:00.000+0000");
    }

    [Theory]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData("PreconditionFailedException", typeof(PreconditionFailedException))]
    [InlineData("ResourceConflictException", typeof(AmazonLambdaException))]
    public async Task Errors_are_mapped_to_their_exceptions(string code, Type exception)
    {
        await using var service = new FakeService((400, $$"""{"__type":"{{code}}","message":"no"}"""));
        using var client = Client(service);

        var refused = await client.Invoking(it => it.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = "f" })).Should().ThrowAsync<AmazonLambdaException>().WithMessage("no");

        refused.Which.Should().BeOfType(exception);
        refused.Which.ErrorCode.Should().Be(code);
    }

    [Fact]
    public async Task A_call_that_names_nothing_is_not_sent()
    {
        await using var service = new FakeService((200, "{}"));
        using var client = Client(service);

        await client.Invoking(it => it.UpdateEventSourceMappingAsync(new UpdateEventSourceMappingRequest { Enabled = false })).Should().ThrowAsync<AmazonLambdaException>();

        service.Requests.Should().BeEmpty();
    }

    private static AmazonLambdaClient Client(FakeService service) =>
        new(new BasicAWSCredentials("AKID", "secret"), new AmazonLambdaConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-north-1", MaxErrorRetry = 0 });
}
