using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Amazon.SQS;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.Tests.Wire;

/// <summary>The error that an operator reads if the functions' trust store lacks the root certificate of an endpoint. The tests use real TLS with a root that nobody trusts.</summary>
public sealed class MissingRootTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_endpoint_whose_root_is_not_in_the_trust_store_fails_with_a_reason_that_names_the_certificate()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        // The SDK tries a connection that fails once more.
        var serving = Task.WhenAll(RefusedHandshakeAsync(listener), RefusedHandshakeAsync(listener));
        var config = SdkSettings.Of<AmazonSQSConfig>();
        (config.ServiceURL, config.AuthenticationRegion, config.DefaultAWSCredentials) = ($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}", "eu-north-1", FakeAws.Credentials);
        var queue = new SqsEventQueue(new AmazonSQSClient(config), new SqsOptions($"{config.ServiceURL}/1/q.fifo", SqsOptions.QueueVariable));
        var once = new StreamLanes(new LaneOptions(10, 1_000_000, 1, FirstBackOff: Budget), new SkippingClock(Budget), new Random(1));

        var results = await once.SendAsync([Some.Event()], item => item.Stream.Value, item => item.Envelope.Length, queue.SendAsync, Budget);

        results.Should().ContainSingle().Which.Reason.Should().StartWith("the time budget was used up").And.Contain("AuthenticationException").And.Contain("certificate").And.Contain("Root");
        await serving;
    }

    private static async Task RefusedHandshakeAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        using var certificate = ForLocalhost();
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            await tls.ReadExactlyAsync(new byte[1]);
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            // The client hung up, as it should.
        }
    }

    private static X509Certificate2 ForLocalhost()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
