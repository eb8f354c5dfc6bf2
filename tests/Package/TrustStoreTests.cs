using System.Security.Cryptography.X509Certificates;

namespace DataToEvents.Package.Tests;

/// <summary>The shipped root certificates are exactly those that Amazon Trust Services names, and none expires soon.</summary>
public sealed class TrustStoreTests
{
    // https://www.amazontrust.com/repository/: Amazon Root CA 1 to 4, Starfield Services Root Certificate Authority - G2.
    private static readonly string[] Published =
    [
        "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
        "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
        "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
        "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092",
        "568d6905a2c88708a4b3025190edcfedb1974a606a13c6e5290fcb2ae63edab5",
    ];

    private static readonly X509Certificate2Collection Shipped = Load();

    [Fact]
    public void The_roots_are_those_that_Amazon_publishes() =>
        Shipped.Select(root => Convert.ToHexStringLower(root.GetCertHash(HashAlgorithmName.SHA256))).Should().Equal(Published);

    [Fact]
    public void Each_signed_itself_and_is_a_root() => Shipped.Should().OnlyContain(root =>
        root.Subject == root.Issuer && root.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);

    [Fact]
    public void None_expires_within_two_years() =>
        Shipped.Should().OnlyContain(root => root.NotAfter > DateTime.Now.AddYears(2), "a release that is out for long must still start");

    private static X509Certificate2Collection Load()
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(Path.Combine(AppContext.BaseDirectory, "aws-roots.pem"));
        return roots;
    }
}
