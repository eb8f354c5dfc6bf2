using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Emulator.Http;

namespace DataToEvents.Deployed.Tests.Permissions;

/// <summary>
/// The permissions of callers at the endpoints. A function is known by the access key in its environment and may do what its role allows. The driver may do everything.
/// </summary>
internal sealed class CallerPolicy(Deployment deployment, Access access) : ICallPolicy
{
    /// <summary>The account's administrator.</summary>
    public const string DriverKey = "DRIVER";

    private readonly CallTargets _targets = new(deployment);

    public static string KeyOf(DeployedFunction function) => $"FUNCTION-{function.Name}";

    public string? Refusal(AwsCall call)
    {
        if (call.AccessKeyId == DriverKey)
        {
            return null;
        }

        var caller = deployment.Functions.FirstOrDefault(function => KeyOf(function) == call.AccessKeyId);
        return caller is null
            ? "The security token included in the request is invalid."
            : _targets.Of(call)
                .Select(target => access.Refusal(new AccessRequest(caller.RoleArn, target.Action, target.Resource) { Context = target.Context }))
                .FirstOrDefault(refusal => refusal is not null);
    }
}
