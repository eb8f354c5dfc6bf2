using DataToEvents.Deployed.Tests.Permissions;

namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>A customer's key as it is deployed, with its policy: without the policy's consent nobody may use the key.</summary>
internal sealed record DeployedKey(string Arn, PolicyDocument Policy)
{
    public static DeployedKey Read(Answer answer)
    {
        answer.Must("state", "Enabled");
        var arn = answer.Text("arn");
        return new DeployedKey(arn, PolicyDocument.Read(answer.Json("policy"), $"The policy of {arn}"));
    }
}
