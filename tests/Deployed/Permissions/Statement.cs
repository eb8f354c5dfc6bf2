using DataToEvents.Deployed.Tests.Discovery;

namespace DataToEvents.Deployed.Tests.Permissions;

/// <summary>One statement of a policy.</summary>
internal sealed class Statement
{
    private readonly List<string>? _principals;
    private readonly List<string> _actions;
    private readonly List<string>? _resources;
    private readonly List<Condition> _conditions;

    private Statement(PolicyVerdict effect, List<string>? principals, List<string> actions, List<string>? resources, List<Condition> conditions) =>
        (Effect, _principals, _actions, _resources, _conditions) = (effect, principals, actions, resources, conditions);

    public PolicyVerdict Effect { get; }

    public static Statement Read(Answer answer)
    {
        answer.SetAside("Sid");
        var effect = Enum.Parse<PolicyVerdict>(answer.Text("Effect"));
        return new Statement(
            effect,
            answer.OptionalJson("Principal") is { } principal ? Principals(principal, answer.Place) : null,
            Strings(answer.Json("Action")),
            answer.OptionalJson("Resource") is { } resource ? Strings(resource) : null,
            answer.OptionalJson("Condition") is { } condition ? Condition.ReadAll(condition, answer.Place) : []);
    }

    public bool Concerns(AccessRequest request) =>
        (_principals is null || _principals.Exists(principal => principal == "*" || principal == request.Principal || IsAccountOf(principal, request.Principal)))
        && _actions.Exists(action => Wildcards.Match(action, request.Action, ignoreCase: true))
        && (_resources is null || _resources.Exists(resource => Wildcards.Match(resource, request.Resource)))
        && _conditions.TrueForAll(condition => condition.Holds(request));

    /// <summary>A trust or resource policy names services and accounts: <c>{"Service": …}</c>, <c>{"AWS": …}</c> or <c>"*"</c>.</summary>
    private static List<string> Principals(JsonElement json, string place)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return Strings(json);
        }

        return [.. json.EnumerateObject().SelectMany(kind => kind.Name is "Service" or "AWS"
            ? Strings(kind.Value)
            : throw new DeploymentException($"{place} has the principal {kind.Name}, which is not understood here."))];
    }

    private static bool IsAccountOf(string principal, string role) =>
        principal.EndsWith(":root", StringComparison.Ordinal) && role.StartsWith(principal[..^"root".Length], StringComparison.Ordinal);

    private static List<string> Strings(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(item => item.GetString()!)] : [json.GetString()!];
}
