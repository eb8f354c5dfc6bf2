using Amazon;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;

namespace DataToEvents.Standins.Tests.Sdk;

public sealed class IdentityManagementTests
{
    private const string Answer = """
        <SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
          <SimulatePrincipalPolicyResult>
            <IsTruncated>true</IsTruncated>
            <Marker>next</Marker>
            <EvaluationResults>
              <member><EvalActionName>sqs:SendMessage</EvalActionName><EvalDecision>allowed</EvalDecision><EvalResourceName>arn:q</EvalResourceName><MatchedStatements><member><SourcePolicyId>function</SourcePolicyId></member></MatchedStatements></member>
              <member><EvalActionName>sqs:PurgeQueue</EvalActionName><EvalDecision>implicitDeny</EvalDecision><EvalResourceName>arn:q</EvalResourceName><MatchedStatements/></member>
            </EvaluationResults>
          </SimulatePrincipalPolicyResult>
          <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
        </SimulatePrincipalPolicyResponse>
        """;

    [Fact]
    public async Task What_a_role_may_do_is_asked_for_as_a_form_and_read_from_XML()
    {
        await using var service = new FakeService((200, Answer));
        using var client = Client(service);

        var page = await client.SimulatePrincipalPolicyAsync(
            new SimulatePrincipalPolicyRequest { PolicySourceArn = "arn:role", ActionNames = ["sqs:SendMessage", "sqs:PurgeQueue"], ResourceArns = ["arn:q"], Marker = "m" });

        var sent = service.Requests.Should().ContainSingle().Subject;
        sent.Body.Split('&').Should().BeEquivalentTo(
            "Action=SimulatePrincipalPolicy", "Version=2010-05-08", "ActionNames.member.1=sqs%3ASendMessage", "ActionNames.member.2=sqs%3APurgeQueue", "ResourceArns.member.1=arn%3Aq", "PolicySourceArn=arn%3Arole", "Marker=m");
        sent.Headers["Authorization"].Should().Contain("/iam/aws4_request");
        (page.IsTruncated, page.Marker).Should().Be((true, "next"));
        page.EvaluationResults.Select(result => (result.EvalActionName, result.EvalDecision, result.EvalResourceName)).Should().Equal(
            ("sqs:SendMessage", PolicyEvaluationDecisionType.Allowed, "arn:q"), ("sqs:PurgeQueue", PolicyEvaluationDecisionType.ImplicitDeny, "arn:q"));
    }

    [Fact]
    public async Task A_refusal_is_an_exception_with_its_code()
    {
        await using var service = new FakeService((403, """<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message></Error><RequestId>1</RequestId></ErrorResponse>"""));
        using var client = Client(service);

        var refused = await client.Invoking(it => it.SimulatePrincipalPolicyAsync(new SimulatePrincipalPolicyRequest { PolicySourceArn = "arn:role" }))
            .Should().ThrowAsync<AmazonIdentityManagementServiceException>().WithMessage("not you");

        (refused.Which.ErrorCode, refused.Which.StatusCode).Should().Be(("AccessDenied", HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("eu-north-1", "https://iam.amazonaws.com/", "us-east-1")]
    [InlineData("cn-north-1", "https://iam.cn-north-1.amazonaws.com.cn/", "cn-north-1")]
    [InlineData("us-gov-east-1", "https://iam.us-gov.amazonaws.com/", "us-gov-west-1")]
    public async Task All_regions_of_a_partition_have_one_endpoint_and_one_region_of_signatures(string region, string url, string signedFor)
    {
        using var network = new Network();
        using var client = new AmazonIdentityManagementServiceClient(
            new BasicAWSCredentials("AKID", "secret"), new AmazonIdentityManagementServiceConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), HttpClientFactory = network, MaxErrorRetry = 0 });

        await client.SimulatePrincipalPolicyAsync(new SimulatePrincipalPolicyRequest { PolicySourceArn = "arn:role", ActionNames = ["sqs:SendMessage"] });

        network.Sent.Should().Equal((url, $"/{signedFor}/iam/aws4_request"));
    }

    private static AmazonIdentityManagementServiceClient Client(FakeService service) =>
        new(new BasicAWSCredentials("AKID", "secret"), new AmazonIdentityManagementServiceConfig { ServiceURL = service.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

    /// <summary>Answers in the place of IAM, whatever its address is.</summary>
    private sealed class Network : HttpClientFactory, IDisposable
    {
        private readonly Answering _handler = new();

        public List<(string Url, string Scope)> Sent => _handler.Sent;

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(_handler, disposeHandler: false);

        public void Dispose() => _handler.Dispose();

        private sealed class Answering : HttpMessageHandler
        {
            public List<(string Url, string Scope)> Sent { get; } = [];

            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var credential = string.Join(' ', request.Headers.GetValues("Authorization")).Split("Credential=")[1].Split(',')[0];
                Sent.Add((request.RequestUri!.ToString(), credential[credential.IndexOf('/', "AKID/".Length)..]));
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Answer) });
            }
        }
    }
}
