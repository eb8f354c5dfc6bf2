using DataToEvents.Deployed.Tests.Discovery;

namespace DataToEvents.Deployed.Tests.Permissions;

/// <summary>
/// The permissions of a deployment. Within one account a permission in the role's policies or in the resource's policy is enough.
/// </summary>
internal sealed class Access(Deployment deployment)
{
    /// <returns>Null when it is allowed; else AWS's sentence.</returns>
    public string? Refusal(AccessRequest request)
    {
        var role = deployment.Roles.FirstOrDefault(role => role.Arn == request.Principal);
        var verdicts = (role?.Policies ?? []).Append(PolicyOf(request.Resource)).Select(policy => policy?.Judge(request) ?? PolicyVerdict.Silent).ToArray();
        return verdicts.Contains(PolicyVerdict.Deny) ? Sentence(request, "with an explicit deny in a policy")
            : verdicts.Contains(PolicyVerdict.Allow) ? null
            : Sentence(request, $"because no policy allows the {request.Action} action");
    }

    /// <exception cref="DeploymentException">The service may not take the role, or the role may not do all of it.</exception>
    public void Demand(string roleArn, string service, string resource, params string[] actions)
    {
        var context = new Dictionary<string, string> { ["sts:ExternalId"] = deployment.Account, ["aws:SourceAccount"] = deployment.Account };
        if (deployment.Role(roleArn).Trust.Judge(new AccessRequest(service, "sts:AssumeRole", roleArn) { Context = context }) != PolicyVerdict.Allow)
        {
            throw new DeploymentException($"{service} may not take {roleArn}: its trust policy does not allow it.");
        }

        foreach (var action in actions)
        {
            if (Refusal(new AccessRequest(roleArn, action, resource)) is { } refusal)
            {
                throw new DeploymentException(refusal);
            }
        }
    }

    /// <summary>Whether a service may use a resource for the sake of another one.</summary>
    public bool Allows(string service, string action, string resource, string sourceArn) =>
        Refusal(new AccessRequest(service, action, resource)
        {
            Context = new Dictionary<string, string> { ["aws:SourceArn"] = sourceArn, ["aws:SourceAccount"] = deployment.Account },
        }) is null;

    private PolicyDocument? PolicyOf(string resource) => Arn.Service(resource) switch
    {
        "sqs" => deployment.Queues.FirstOrDefault(queue => queue.Arn == resource)?.Policy,
        "lambda" => deployment.Functions.FirstOrDefault(function => function.Arn == resource)?.Policy,
        "s3" => deployment.Buckets.FirstOrDefault(bucket => resource == bucket.Arn || resource.StartsWith(bucket.Arn + "/", StringComparison.Ordinal))?.Policy,
        _ => null,
    };

    private static string Sentence(AccessRequest request, string why) =>
        $"User: {request.Principal} is not authorized to perform: {request.Action} on resource: {request.Resource} {why}";
}
