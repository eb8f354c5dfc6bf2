using System.Security.Cryptography;
using System.Text;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.S3;
using DataToEvents.Adapters.Tests.Sqs;

namespace DataToEvents.Adapters.Tests.Wire;

/// <summary>What AWS does with a request that comes in: it computes the signature (SigV4) of what it sees, and compares.</summary>
public sealed class SignatureTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("session/token+==")]
    public async Task A_call_carries_the_signature_that_the_service_computes_from_what_it_receives(string? token)
    {
        var wire = new FakeAws(_ => WireAnswer.Json("{}"));
        var config = wire.Plays(SqsClient.Config());
        config.DefaultAWSCredentials = token is null ? FakeAws.Credentials : new Amazon.Runtime.SessionAWSCredentials("test", "test", token);

        await new SqsEventQueue(config, new SqsOptions(FakeSqs.QueueUrl)).SendAsync([Some.Event()], default);

        ShouldBeSigned(wire.Requests.Single(), token is not null, "content-type", "host", "x-amz-date", "x-amz-target");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("session/token+==")]
    public async Task So_does_an_object_whose_bytes_the_signature_covers(string? token)
    {
        var s3 = new FakeS3();
        var config = FakeS3.Config(s3.Wire);
        config.DefaultAWSCredentials = token is null ? FakeAws.Credentials : new Amazon.Runtime.SessionAWSCredentials("test", "test", token);

        await new S3PayloadStore(config, FakeS3.Options, TimeProvider.System, new Random(1)).PutAsync("payload"u8.ToArray(), "text/plain", default);

        var request = s3.Wire.Requests.Single();
        request.Headers["x-amz-content-sha256"].Should().Be(Hex(SHA256.HashData("payload"u8)));
        ShouldBeSigned(request, token is not null, "content-type", "host", "if-none-match", "x-amz-checksum-sha256", "x-amz-content-sha256", "x-amz-date");
    }

    [Fact]
    public async Task Credentials_that_change_between_two_calls_sign_the_second()
    {
        var wire = new FakeAws(_ => WireAnswer.Json("{}"));
        var config = wire.Plays(SqsClient.Config());
        config.DefaultAWSCredentials = new Rotating([("key-1", "first"), ("key-2", "test")]);
        var queue = new SqsEventQueue(config, new SqsOptions(FakeSqs.QueueUrl));

        await queue.SendAsync([Some.Event()], default);
        await queue.SendAsync([Some.Event()], default);

        wire.Requests[0].Headers["Authorization"].Should().Contain("Credential=key-1/");
        wire.Requests[1].Headers["Authorization"].Should().Contain("Credential=key-2/");
        ShouldBeSigned(wire.Requests[1], false, "content-type", "host");
    }

    private static void ShouldBeSigned(WireRequest request, bool hasToken, params string[] headers)
    {
        var authorization = request.Headers["Authorization"];
        var signed = Part(authorization, "SignedHeaders=");
        signed.Split(';').Should().Contain(headers).And.BeInAscendingOrder(StringComparer.Ordinal);
        signed.Contains("x-amz-security-token", StringComparison.Ordinal).Should().Be(hasToken);
        Part(authorization, "Signature=").Should().Be(Signature(request, signed, Part(authorization, "Credential=")));
    }

    private static string Signature(WireRequest request, string signedHeaders, string credential)
    {
        var scope = credential[(credential.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var headers = string.Concat(signedHeaders.Split(';').Select(name => $"{name}:{(name == "host" ? "aws.test" : request.Headers[name])}\n"));
        var canonical = $"{request.Method}\n{request.Path}\n\n{headers}\n{signedHeaders}\n{Hex(SHA256.HashData(request.Body))}";
        var toSign = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4test"), (secret, part) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    private static string Part(string authorization, string name)
    {
        var rest = authorization[(authorization.IndexOf(name, StringComparison.Ordinal) + name.Length)..];
        return rest.Split(',')[0].Trim();
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private sealed class Rotating(IEnumerable<(string AccessKey, string SecretKey)> keys) : Amazon.Runtime.AWSCredentials
    {
        private readonly Queue<(string AccessKey, string SecretKey)> _keys = new(keys);

        public override Amazon.Runtime.ImmutableCredentials GetCredentials()
        {
            var (accessKey, secretKey) = _keys.Dequeue();
            return new Amazon.Runtime.ImmutableCredentials(accessKey, secretKey, null);
        }
    }
}
