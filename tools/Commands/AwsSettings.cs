using Amazon;
using Amazon.Runtime;

namespace DataToEvents.Commands;

/// <summary>Settings of the AWS SDK's clients: by the SDK's usual chain for AWS, without any set-up for a local endpoint.</summary>
/// <param name="endpoint">Null: AWS's own.</param>
/// <param name="region">Null: by the SDK's usual chain.</param>
/// <param name="environment">Reads an environment variable.</param>
public sealed class AwsSettings(Uri? endpoint, string? region, Func<string, string?> environment)
{
    private const string LocalRegion = "us-east-1";

    /// <summary>Any of them says that the user means credentials of their own.</summary>
    private static readonly string[] CredentialVariables =
    [
        "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    private static readonly string[] RegionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    /// <summary>The settings of one service's client.</summary>
    /// <param name="maxErrorRetry">Retries of the SDK after the first call.</param>
    public TConfig Of<TConfig>(int maxErrorRetry)
        where TConfig : ClientConfig, new()
    {
        var config = new TConfig { MaxErrorRetry = maxErrorRetry };
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = region ?? First(RegionVariables) ?? LocalRegion;
            if (First(CredentialVariables) is null)
            {
                config.DefaultAWSCredentials = new BasicAWSCredentials("local", "local");
            }
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }

    private string? First(IEnumerable<string> variables) => variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value));
}
