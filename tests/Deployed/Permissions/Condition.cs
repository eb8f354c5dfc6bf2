using DataToEvents.Deployed.Tests.Discovery;

namespace DataToEvents.Deployed.Tests.Permissions;

/// <summary>One key of a statement's conditions. One of its values must match, or none if the operator is negated.</summary>
internal sealed class Condition
{
    /// <summary>Keys that requests here may lack. Any other key that a request lacks is an error, because it might decide.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "aws:SecureTransport", "aws:SourceArn", "aws:SourceAccount", "aws:PrincipalArn", "s3:prefix", "sts:ExternalId",
        "kms:EncryptionContext:aws:logs:arn", "kms:EncryptionContext:aws:sqs:arn", "kms:GrantIsForAWSResource", "kms:ViaService",
    };

    private readonly string _key;
    private readonly List<string> _values;
    private readonly Func<string, string, bool> _fits;
    private readonly bool _negated;
    private readonly bool _ifExists;

    private Condition(string operation, string key, List<string> values, string place)
    {
        _ifExists = operation.EndsWith("IfExists", StringComparison.Ordinal);
        (_key, _values) = (key, values);
        (_fits, _negated) = (_ifExists ? operation[..^"IfExists".Length] : operation) switch
        {
            "StringEquals" => ((Func<string, string, bool>)Equal, false),
            "StringNotEquals" => (Equal, true),
            "StringLike" or "ArnLike" or "ArnEquals" => (Like, false),
            "StringNotLike" or "ArnNotLike" or "ArnNotEquals" => (Like, true),
            "Bool" => (EqualIgnoringCase, false),
            _ => throw new DeploymentException($"{place} has the condition {operation}, which is not understood here."),
        };
        if (!Known.Contains(key))
        {
            throw new DeploymentException($"{place} has a condition on {key}, which is not understood here.");
        }
    }

    public static List<Condition> ReadAll(JsonElement json, string place) =>
        [.. json.EnumerateObject().SelectMany(operation => operation.Value.EnumerateObject().Select(key => new Condition(operation.Name, key.Name, Strings(key.Value), place)))];

    public bool Holds(AccessRequest request)
    {
        var value = Value(request);
        return value is null ? _negated || _ifExists : _values.Exists(wanted => _fits(wanted, value)) != _negated;
    }

    private string? Value(AccessRequest request) => _key.ToUpperInvariant() switch
    {
        // On AWS the functions' clients use TLS. The endpoints here do not, and that says nothing about the deployment.
        "AWS:SECURETRANSPORT" => "true",
        "AWS:PRINCIPALARN" => request.Principal,
        _ => request.Context.FirstOrDefault(entry => entry.Key.Equals(_key, StringComparison.OrdinalIgnoreCase)).Value,
    };

    private static bool Equal(string wanted, string value) => wanted == value;

    private static bool EqualIgnoringCase(string wanted, string value) => wanted.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static bool Like(string wanted, string value) => Wildcards.Match(wanted, value);

    private static List<string> Strings(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(item => item.ToString())] : [json.ToString()];
}
