using Amazon.Runtime;
using Amazon.ServiceQuotas;
using Amazon.ServiceQuotas.Model;

namespace DataToEvents.Standins.Tests.Sdk;

public sealed class ServiceQuotasTests
{
    [Fact]
    public async Task A_quota_of_the_account_and_its_default_are_asked_for_and_read()
    {
        await using var service = new FakeService((200, """{"Quota":{"ServiceCode":"events","QuotaArn":"arn","QuotaCode":"L-1","QuotaName":"PutEvents","Value":2400.0,"Unit":"None","Adjustable":true,"UsageMetric":{"MetricName":"CallCount"}}}"""));
        using var client = Client(service);

        var own = await client.GetServiceQuotaAsync(new GetServiceQuotaRequest { ServiceCode = "events", QuotaCode = "L-1" });
        var byDefault = await client.GetAWSDefaultServiceQuotaAsync(new GetAWSDefaultServiceQuotaRequest { ServiceCode = "events", QuotaCode = "L-1" });

        service.Requests.Select(sent => sent.Body).Should().AllBe("""{"QuotaCode":"L-1","ServiceCode":"events"}""");
        service.Requests.Select(sent => sent.Headers["X-Amz-Target"]).Should().Equal("ServiceQuotasV20190624.GetServiceQuota", "ServiceQuotasV20190624.GetAWSDefaultServiceQuota");
        service.Requests[0].Headers["Authorization"].Should().Contain("/eu-north-1/servicequotas/aws4_request");
        new[] { own.Quota, byDefault.Quota }.Select(quota => (quota.QuotaCode, quota.QuotaName, quota.Value)).Should().AllBeEquivalentTo(("L-1", "PutEvents", (double?)2400));
    }

    [Fact]
    public async Task A_quota_that_is_not_there_is_an_exception_of_its_own()
    {
        await using var service = new FakeService((400, """{"__type":"NoSuchResourceException","Message":"none"}"""));
        using var client = Client(service);

        await client.Invoking(it => it.GetServiceQuotaAsync(new GetServiceQuotaRequest { ServiceCode = "events", QuotaCode = "L-2" })).Should().ThrowAsync<NoSuchResourceException>();
    }

    private static AmazonServiceQuotasClient Client(FakeService service) =>
        new(new BasicAWSCredentials("AKID", "secret"), new AmazonServiceQuotasConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-north-1", MaxErrorRetry = 0 });
}
