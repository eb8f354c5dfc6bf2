using Amazon.Athena;
using Amazon.Athena.Model;
using Amazon.Runtime;

namespace DataToEvents.Standins.Tests.Sdk;

public sealed class AthenaTests
{
    [Fact]
    public async Task A_query_is_started_asked_about_read_and_stopped_as_signed_JSON()
    {
        await using var service = new FakeService(
            (200, """{"QueryExecutionId":"q-1"}"""),
            (200, """{"QueryExecution":{"QueryExecutionId":"q-1","Query":"SELECT 1","Status":{"State":"FAILED","StateChangeReason":"why","SubmissionDateTime":1795507750.1},"Statistics":{"DataScannedInBytes":5000000000,"DpuCount":1.5}}}"""),
            (200, """{"UpdateCount":0,"ResultSet":{"Rows":[{"Data":[{"VarCharValue":"n"},{"VarCharValue":"m"}]},{"Data":[{"VarCharValue":"1"},{}]}],"ResultSetMetadata":{"ColumnInfo":[{"Name":"n","Type":"bigint","Precision":19},{"Name":"m","Type":"varchar"}]}},"NextToken":"t"}"""),
            (200, "{}"));
        using var client = Client(service);

        var started = await client.StartQueryExecutionAsync(new StartQueryExecutionRequest
        {
            ClientRequestToken = "once",
            QueryString = "SELECT 'José'",
            QueryExecutionContext = new QueryExecutionContext { Database = "data_events" },
            WorkGroup = "data-events",
        });
        var query = (await client.GetQueryExecutionAsync(new GetQueryExecutionRequest { QueryExecutionId = "q-1" })).QueryExecution;
        var page = await client.GetQueryResultsAsync(new GetQueryResultsRequest { QueryExecutionId = "q-1", MaxResults = 1000, NextToken = "s" });
        await client.StopQueryExecutionAsync(new StopQueryExecutionRequest { QueryExecutionId = "q-1" });

        service.Requests.Select(sent => (sent.Headers["X-Amz-Target"], sent.Body)).Should().Equal(
            ("AmazonAthena.StartQueryExecution", """{"ClientRequestToken":"once","QueryExecutionContext":{"Database":"data_events"},"QueryString":"SELECT 'José'","WorkGroup":"data-events"}"""),
            ("AmazonAthena.GetQueryExecution", """{"QueryExecutionId":"q-1"}"""),
            ("AmazonAthena.GetQueryResults", """{"MaxResults":1000,"NextToken":"s","QueryExecutionId":"q-1"}"""),
            ("AmazonAthena.StopQueryExecution", """{"QueryExecutionId":"q-1"}"""));
        service.Requests.Should().AllSatisfy(sent => sent.Headers["Authorization"].Should().Contain("/eu-north-1/athena/aws4_request"));
        started.QueryExecutionId.Should().Be("q-1");
        (query.Status.State, query.Status.StateChangeReason, query.Statistics.DataScannedInBytes).Should().Be((QueryExecutionState.FAILED, "why", 5_000_000_000));
        page.NextToken.Should().Be("t");
        page.ResultSet.ResultSetMetadata.ColumnInfo.Select(column => (column.Name, column.Type)).Should().Equal(("n", "bigint"), ("m", "varchar"));
        page.ResultSet.Rows.Select(row => string.Join(',', row.Data.Select(value => value.VarCharValue ?? "null"))).Should().Equal("n,m", "1,null");
    }

    [Fact]
    public async Task A_query_without_a_token_gets_one_so_that_a_retry_starts_no_second_query()
    {
        await using var service = new FakeService((500, "{}"), (200, """{"QueryExecutionId":"q-1"}"""));
        using var client = Client(service);

        await client.StartQueryExecutionAsync(new StartQueryExecutionRequest { QueryString = "SELECT 1" });

        service.Requests.Should().HaveCount(2);
        service.Requests.Select(sent => sent.Json.GetProperty("ClientRequestToken").GetString()).Distinct().Should().ContainSingle().Which.Should().HaveLength(36);
    }

    [Fact]
    public async Task A_query_that_is_refused_at_once_has_its_own_exception()
    {
        await using var service = new FakeService((400, """{"__type":"InvalidRequestException","AthenaErrorCode":"MALFORMED_QUERY","Message":"line 1:1: mismatched input 'selec'"}"""));
        using var client = Client(service);

        var refused = await client.Invoking(it => it.StartQueryExecutionAsync(new StartQueryExecutionRequest { QueryString = "selec" })).Should().ThrowAsync<InvalidRequestException>();

        refused.Which.Message.Should().Contain("line 1:1");
    }

    private static AmazonAthenaClient Client(FakeService service) =>
        new(new BasicAWSCredentials("AKID", "secret"), new AmazonAthenaConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-north-1" });
}
