using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using DataToEvents.Adapters.Aws;

namespace DataToEvents.Adapters.ParameterStore;

/// <summary>A secret in SSM Parameter Store.</summary>
public static class SecureParameter
{
    /// <param name="client">The client, see <see cref="SdkSettings"/>.</param>
    /// <param name="name">The parameter's name or ARN.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its value, decrypted.</returns>
    /// <exception cref="InvalidOperationException">It cannot be read. The message names it and says why, and does not hold its value.</exception>
    public static async Task<string> ReadAsync(IAmazonSimpleSystemsManagement client, string name, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.GetParameterAsync(new GetParameterRequest { Name = name, WithDecryption = true }, cancellationToken).WithCodeAsync();
            return answer.Parameter.Value;
        }
        catch (AmazonServiceException fault)
        {
            throw new InvalidOperationException($"The parameter {name} in SSM Parameter Store cannot be read: {fault.Message}", fault);
        }
    }
}
