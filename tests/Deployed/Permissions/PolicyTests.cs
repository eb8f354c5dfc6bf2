using DataToEvents.Deployed.Tests.Discovery;

namespace DataToEvents.Deployed.Tests.Permissions;

public class PolicyTests
{
    private const string Queue = "arn:aws:sqs:eu-north-1:123456789012:q.fifo";
    private const string Role = "arn:aws:iam::123456789012:role/r";

    [Theory]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"*"}""", PolicyVerdict.Allow)]
    [InlineData("""{"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:Send*"],"Resource":["arn:aws:sqs:*:123456789012:q.fifo"]}""", PolicyVerdict.Allow)]
    [InlineData("""{"Effect":"Allow","Action":"SQS:sendmessage","Resource":"arn:aws:sqs:eu-north-1:12345678901?:q.fifo"}""", PolicyVerdict.Allow)]
    [InlineData("""{"Effect":"Allow","Action":"sqs:ReceiveMessage","Resource":"*"}""", PolicyVerdict.Silent)]
    [InlineData("""{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-north-1:123456789012:Q.fifo"}""", PolicyVerdict.Silent)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"sqs:*","Resource":"*"}""", PolicyVerdict.Deny)]
    [InlineData("""{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}""", PolicyVerdict.Silent)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"ArnEquals":{"AWS:SourceArn":["arn:x:1","arn:x:rule/*"]}}}""", PolicyVerdict.Allow)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceArn":"arn:x:rule/*"}}}""", PolicyVerdict.Silent)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringNotLike":{"aws:PrincipalArn":"*:role/r"}}}""", PolicyVerdict.Silent)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"s3:prefix":"x"}}}""", PolicyVerdict.Silent)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEqualsIfExists":{"s3:prefix":"x"}}}""", PolicyVerdict.Allow)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Principal":{"Service":"events.amazonaws.com"}}""", PolicyVerdict.Silent)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Principal":{"AWS":"arn:aws:iam::123456789012:root"}}""", PolicyVerdict.Allow)]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"}""", PolicyVerdict.Allow)]
    internal void A_policy_judges_as_iam_does(string statements, PolicyVerdict verdict)
    {
        var request = new AccessRequest(Role, "sqs:SendMessage", Queue) { Context = new Dictionary<string, string> { ["aws:SourceArn"] = "arn:x:rule/7" } };

        Parse(statements).Judge(request).Should().Be(verdict);
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","NotAction":"sqs:*","Resource":"*"}""", "no Action")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}""", "IpAddress")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}}""", "aws:SourceVpce")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Principal":{"Federated":"x"}}""", "Federated")]
    public void What_is_not_understood_is_never_taken_for_a_permission(string statement, string named)
    {
        var parse = () => Parse(statement);

        parse.Should().Throw<DeploymentException>().WithMessage($"*{named}*");
    }

    private static PolicyDocument Parse(string statements) => PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""", "The policy");
}
