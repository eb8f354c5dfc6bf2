using DataToEvents.Deployed.Tests.Discovery;

namespace DataToEvents.Deployed.Tests.Permissions;

internal enum PolicyVerdict
{
    Silent,
    Allow,
    Deny,
}

/// <summary>An IAM policy of a role or of a resource. It reads only what our policies use, and refuses all else.</summary>
internal sealed class PolicyDocument
{
    private readonly List<Statement> _statements;

    private PolicyDocument(List<Statement> statements) => _statements = statements;

    public static PolicyDocument Parse(string json, string place)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement, place);
    }

    public static PolicyDocument Read(JsonElement json, string place) => Answer.Read(json, place, answer =>
    {
        answer.Must("Version", "2012-10-17");
        answer.SetAside("Id");
        return new PolicyDocument(answer.Objects("Statement", Statement.Read));
    });

    /// <summary>An explicit denial beats any permission.</summary>
    public PolicyVerdict Judge(AccessRequest request)
    {
        var verdict = PolicyVerdict.Silent;
        foreach (var statement in _statements.Where(statement => statement.Concerns(request)))
        {
            verdict = statement.Effect > verdict ? statement.Effect : verdict;
        }

        return verdict;
    }
}

/// <summary>A request: a principal, an action and a resource.</summary>
/// <param name="Principal">A role's ARN, or a service such as <c>events.amazonaws.com</c>.</param>
/// <param name="Action">The action, for example <c>sqs:SendMessage</c>.</param>
/// <param name="Resource">Its ARN.</param>
internal sealed record AccessRequest(string Principal, string Action, string Resource)
{
    /// <summary>Condition keys that the request carries, beside those that every request has.</summary>
    public IReadOnlyDictionary<string, string> Context { get; init; } = new Dictionary<string, string>();
}
