using DataToEvents.Deployed.Tests.Discovery;

namespace DataToEvents.Deployed.Tests.Permissions;

/// <summary>
/// The permissions of a deployment. Within one account a permission in the role's policies or in the resource's policy is enough; whoever uses what a customer's key encrypts must be allowed to use the key too.
/// </summary>
internal sealed class Access(Deployment deployment)
{
    /// <summary>What a call asks of the key of its resource, in the caller's name.</summary>
    private static readonly Dictionary<string, string[]> AsksOfKey = new()
    {
        ["sqs:SendMessage"] = ["kms:GenerateDataKey", "kms:Decrypt"],
        ["sqs:ReceiveMessage"] = ["kms:Decrypt"],
        ["s3:PutObject"] = ["kms:GenerateDataKey"],
        ["s3:GetObject"] = ["kms:Decrypt"],
    };

    /// <returns>Null when it is allowed; else AWS's sentence.</returns>
    public string? Refusal(AccessRequest request) => OfResource(request) ?? OfKey(request);

    /// <summary>Whether a service may use the key of a resource of its own.</summary>
    public bool AllowsKey(string service, string keyArn) => AsksOfKey["sqs:SendMessage"].All(action =>
        KeyRefusal(new AccessRequest(service, action, keyArn) { Context = new Dictionary<string, string> { ["aws:SourceAccount"] = deployment.Account } }) is null);

    private string? OfKey(AccessRequest request)
    {
        if (KeyOf(request.Resource) is not { } key || !AsksOfKey.TryGetValue(request.Action, out var actions))
        {
            return null;
        }

        // SQS says for which queue; EventBridge says of no account for whom it sends.
        var context = new Dictionary<string, string> { ["kms:EncryptionContext:aws:sqs:arn"] = request.Resource };
        return actions.Select(action => KeyRefusal(new AccessRequest(request.Principal, action, key) { Context = context })).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>The key's policy must consent. Where it only consents to what the account's own policies allow, the role's must allow it.</summary>
    private string? KeyRefusal(AccessRequest request) => deployment.Key(request.Resource).Policy.Judge(request) != PolicyVerdict.Allow
        ? Sentence(request, "because the key's policy does not allow it")
        : deployment.Roles.Any(role => role.Arn == request.Principal) ? OfResource(request) : null;

    private string? KeyOf(string resource) => Arn.Service(resource) switch
    {
        "sqs" => deployment.Queues.FirstOrDefault(queue => queue.Arn == resource)?.KeyArn,
        "s3" => deployment.Buckets.FirstOrDefault(bucket => resource.StartsWith(bucket.Arn + "/", StringComparison.Ordinal))?.KeyArn,
        _ => null,
    };

    private string? OfResource(AccessRequest request)
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
