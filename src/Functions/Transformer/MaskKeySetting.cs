using Amazon.SimpleSystemsManagement;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.ParameterStore;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Functions.Transformer;

/// <summary>The key of the catalog's masks: a parameter in SSM Parameter Store, or the environment variable itself. It is read only if a mask needs it.</summary>
internal static class MaskKeySetting
{
    private const string Variable = "MASK_KEY";
    private const string ParameterVariable = "MASK_KEY_PARAMETER";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <exception cref="InvalidOperationException">There is no key, or it cannot be read or used.</exception>
    public static MaskKey Read()
    {
        if (Setting.Optional(ParameterVariable) is { } parameter)
        {
            return Parse(FromParameter(parameter), $"the parameter {parameter}");
        }

        return Setting.Optional(Variable) is { } text
            ? Parse(text, Variable)
            : throw new InvalidOperationException(
                $"The catalog has masks with \"hash\" or \"token\", which need a key, and there is none. Set {ParameterVariable} to the name of a SecureString in SSM Parameter Store (Terraform does with functions.mask_key), or {Variable} to the key.");
    }

    private static MaskKey Parse(string text, string origin)
    {
        try
        {
            return MaskKey.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new InvalidOperationException($"{fault.Message} It is in {origin}.");
        }
    }

    private static string FromParameter(string name)
    {
        using var client = new AmazonSimpleSystemsManagementClient(AwsHttp.Use(SdkSettings.Of<AmazonSimpleSystemsManagementConfig>()));
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return SecureParameter.ReadAsync(client, name, patience.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException fault)
        {
            throw new TimeoutException($"SSM Parameter Store did not answer within {Patience.TotalSeconds} seconds. A function in a VPC needs an endpoint of it there, or a way out.", fault);
        }
    }
}
