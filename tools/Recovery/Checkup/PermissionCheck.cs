using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using DataToEvents.Recovery.Releasing;

namespace DataToEvents.Recovery.Checkup;

/// <summary>
/// What the functions' roles may do, by IAM's own simulator. It takes the boundaries of the roles and the policies of the organisation into account, and knows nothing of the policies of queues, buckets and
/// keys (AWS IAM User Guide, "IAM policy testing with the IAM policy simulator").
/// </summary>
internal sealed class PermissionCheck(PathServices services) : ICheck
{
    private const string Check = "permissions";

    public string Name => Check;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var (aliases, roles, home) = (new Aliases(services.Lambda), new Dictionary<string, string>(), "");
        try
        {
            foreach (var function in services.Names.Functions)
            {
                var live = await aliases.ReadAsync(function, cancellationToken);
                (roles[function], home) = (live.Role!, live.Arn!);
            }
        }
        catch (UserErrorException missing)
        {
            return [new CheckResult(CheckLevel.Unknown, Name, missing.Message, "see the line of the functions")];
        }

        if ((await services.Table.DescribeAsync(cancellationToken)).LatestStreamArn is not { } changes)
        {
            return [new CheckResult(CheckLevel.Unknown, Name, $"{services.Names.Table} has no change stream, which is a resource of the emitter's", "see the line of the store")];
        }

        var needs = FunctionNeed.Of(services.Names, home, changes, await services.HasQueueAsync(services.Names.ConsumerQueue, cancellationToken));
        return await JudgeAsync(services.Iam, roles, needs, cancellationToken);
    }

    /// <param name="iam">The simulator.</param>
    /// <param name="roles">The ARN of each function's role.</param>
    /// <param name="needs">What the functions need.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public static async Task<IReadOnlyList<CheckResult>> JudgeAsync(
        IAmazonIdentityManagementService iam, IReadOnlyDictionary<string, string> roles, IReadOnlyList<FunctionNeed> needs, CancellationToken cancellationToken)
    {
        var findings = new List<CheckResult>();
        foreach (var need in needs)
        {
            var denied = await DeniedAsync(iam, roles[need.Function], need, cancellationToken);
            if (denied.Count > 0)
            {
                findings.Add(new CheckResult(
                    CheckLevel.Fail, Check, $"{need.Function} may not {string.Join(", ", denied)} on {need.Resource}",
                    $"terraform plan shows what was changed of {roles[need.Function]}; a permissions boundary or a policy of the organisation may forbid it too"));
            }
        }

        return findings.Count > 0 ? findings : [CheckResult.Ok(Check, $"the functions' roles may do what they need: {needs.Sum(static need => need.Actions.Count)} actions")];
    }

    /// <summary>Asks for one resource at a time: then each action has one decision.</summary>
    private static async Task<List<string>> DeniedAsync(IAmazonIdentityManagementService iam, string role, FunctionNeed need, CancellationToken cancellationToken)
    {
        var request = new SimulatePrincipalPolicyRequest { PolicySourceArn = role, ActionNames = [.. need.Actions], ResourceArns = [need.Resource] };
        var denied = new List<string>();
        bool more;
        do
        {
            var page = await iam.SimulatePrincipalPolicyAsync(request, cancellationToken);
            denied.AddRange((page.EvaluationResults ?? []).Where(static result => result.EvalDecision != PolicyEvaluationDecisionType.Allowed).Select(static result => $"{result.EvalActionName} ({result.EvalDecision})"));
            (more, request.Marker) = (page.IsTruncated ?? false, page.Marker);
        }
        while (more);
        return denied;
    }
}
