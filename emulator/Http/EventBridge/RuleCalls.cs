using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>The operations on rules and their targets. Rules that the program made are listed with the others, but calls cannot change them.</summary>
internal sealed class RuleCalls(EventBus bus, RuleBook book)
{
    /// <summary>Source: Amazon EventBridge API Reference, "ListRules".</summary>
    private const int MaxLimit = 100;

    /// <summary>Targets of a rule. Source: Amazon EventBridge User Guide, "Amazon EventBridge quotas".</summary>
    private const int MaxTargets = 5;

    private const int MaxNameLength = 64;

    private static readonly string[] Supported = ["sqs", "lambda"];

    public JsonObject List(JsonRequest call)
    {
        var prefix = call.Text("NamePrefix") ?? "";
        var (page, next) = Page(call, Descriptions().Where(rule => Name(rule).StartsWith(prefix, StringComparison.Ordinal)), Name);
        return Listing("Rules", page, next);
    }

    public JsonObject Describe(JsonRequest call)
    {
        var name = call.RequiredText("Name");
        var rule = Descriptions().FirstOrDefault(rule => Name(rule) == name) ?? throw NotFound(name);
        rule["CreatedBy"] = bus.Options.AccountId;
        return rule;
    }

    public JsonObject ListTargets(JsonRequest call)
    {
        var (page, next) = Page(call, TargetsOf(call.RequiredText("Rule")), static target => (string)target["Id"]!);
        return Listing("Targets", page, next);
    }

    public JsonObject ListNamesByTarget(JsonRequest call)
    {
        var arn = call.RequiredText("TargetArn");
        var names = Descriptions().Select(Name).Where(name => TargetsOf(name).Any(target => (string)target["Arn"]! == arn));
        var (page, next) = Page(call, names, static name => name);
        var listing = new JsonObject { ["RuleNames"] = new JsonArray([.. page]) };
        Add(listing, next);
        return listing;
    }

    public async Task<JsonObject> PutAsync(JsonRequest call)
    {
        var name = ResourceName.Check(call.RequiredText("Name"), "name", MaxNameLength);
        var pattern = call.Text("EventPattern") ?? throw new AwsException("ValidationException", "Parameter(s) EventPattern must be specified.");
        var isEnabled = call.Text("State") switch
        {
            null or "ENABLED" => true,
            "DISABLED" => false,
            var state => throw new AwsException("ValidationException", $"State {state} is not supported here: ENABLED, DISABLED."),
        };
        await ChangeAsync(name, rule => new ClientRule(name, pattern, isEnabled, call.Text("Description")) { Targets = rule?.Targets ?? [] });
        return new JsonObject { ["RuleArn"] = bus.Options.RuleArn(name) };
    }

    public async Task<JsonObject> DeleteAsync(JsonRequest call)
    {
        var name = call.RequiredText("Name");
        // As on AWS, deleting a rule that does not exist succeeds.
        await ChangeAsync(name, static rule => rule is { Targets.Count: > 0 } ? throw new AwsException("ValidationException", "Rule can't be deleted since it has targets.") : null);
        return [];
    }

    public async Task<JsonObject> EnableAsync(JsonRequest call, bool isEnabled)
    {
        var name = call.RequiredText("Name");
        await ChangeAsync(name, rule => Existing(rule, name) with { IsEnabled = isEnabled });
        return [];
    }

    public async Task<JsonObject> PutTargetsAsync(JsonRequest call)
    {
        var name = call.RequiredText("Rule");
        var targets = call.Objects("Targets").Select(Target).ToList();
        if (targets.Count == 0)
        {
            throw new AwsException("ValidationException", "1 validation error detected: Value '[]' at 'targets' failed to satisfy constraint: Member must have length greater than or equal to 1");
        }

        await ChangeAsync(name, rule => Existing(rule, name) with { Targets = Merge(rule!.Targets, targets) });
        return Changed();
    }

    public async Task<JsonObject> RemoveTargetsAsync(JsonRequest call)
    {
        var (name, ids) = (call.RequiredText("Rule"), call.Texts("Ids").ToHashSet());
        await ChangeAsync(name, rule => Existing(rule, name) with { Targets = [.. rule!.Targets.Where(target => !ids.Contains(target.Id))] });
        return Changed();
    }

    private static JsonObject Changed() => new() { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };

    private static List<ClientTarget> Merge(IReadOnlyList<ClientTarget> old, List<ClientTarget> put)
    {
        var last = put.GroupBy(static target => target.Id).Select(static same => same.Last()).ToList();
        List<ClientTarget> all = [.. old.Where(target => !last.Exists(other => other.Id == target.Id)), .. last];
        return all.Count <= MaxTargets ? all : throw new AwsException("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
    }

    private static ClientTarget Target(JsonRequest json, int index)
    {
        var id = ResourceName.Check(json.RequiredText("Id"), $"targets.{index + 1}.member.id", MaxNameLength);
        var target = new ClientTarget((JsonObject)JsonNode.Parse(json.Json.GetRawText())!);
        if (json.RequiredText("Arn").Split(':') is not ["arn", _, var service, _, _, ..] || !Supported.Contains(service))
        {
            throw new AwsException("ValidationException", $"Target {json.Text("Arn")} is not supported here: it is the ARN of a queue (sqs) or a function (lambda).");
        }

        TargetInputs.Check(id, json, target);
        CheckRetries(Part(json, "RetryPolicy"));
        _ = (Part(json, "DeadLetterConfig")?.Text("Arn"), Part(json, "SqsParameters")?.Text("MessageGroupId"));
        return target;
    }

    private static JsonRequest? Part(JsonRequest json, string name) => json.Object(name) is { } part ? JsonRequest.Of(part) : null;

    private static void CheckRetries(JsonRequest? policy)
    {
        InRange(policy?.Number("MaximumRetryAttempts"), "maximumRetryAttempts", 0, BusLimits.MaxRetryAttempts);
        InRange(policy?.Number("MaximumEventAgeInSeconds"), "maximumEventAgeInSeconds", 60, (int)BusLimits.MaxEventAge.TotalSeconds);
    }

    private static void InRange(int? value, string name, int min, int max)
    {
        if (value < min || value > max)
        {
            throw new AwsException("ValidationException", $"1 validation error detected: Value '{value}' at 'targets.1.member.retryPolicy.{name}' failed to satisfy constraint: Member must have a value from {min} to {max}");
        }
    }

    private static string Name(JsonObject rule) => (string)rule["Name"]!;

    private static (List<T> Page, string? Next) Page<T>(JsonRequest call, IEnumerable<T> all, Func<T, string> key)
    {
        var limit = call.Number("Limit") ?? MaxLimit;
        return limit is >= 1 and <= MaxLimit
            ? Paging.Of(all.OrderBy(key, StringComparer.Ordinal), key, limit, call.Text("NextToken"), static _ => new AwsException("ValidationException", "Parameter nextToken is not valid."))
            : throw new AwsException("ValidationException", $"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have a value from 1 to {MaxLimit}");
    }

    private static JsonObject Listing(string name, List<JsonObject> page, string? next)
    {
        var listing = new JsonObject { [name] = new JsonArray([.. page]) };
        Add(listing, next);
        return listing;
    }

    private static void Add(JsonObject listing, string? next)
    {
        if (next is not null)
        {
            listing["NextToken"] = next;
        }
    }

    private Task ChangeAsync(string name, Func<ClientRule?, ClientRule?> change) =>
        OfProgram(name) is not null ? throw new AwsException("ManagedRuleException", $"The program that started the emulator made rule {name}: calls cannot change it.")
        : ArchiveRule.Find(bus, name) is not null ? throw new AwsException("ManagedRuleException", $"Rule {name} belongs to an archive: calls for rules cannot change it.")
        : book.ChangeAsync(name, change);

    private RuleState? OfProgram(string name) => bus.Rules.FirstOrDefault(rule => !rule.Options.IsOfClient && rule.Options.Name == name);

    private ClientRule Existing(ClientRule? rule, string name) => rule ?? throw NotFound(name);

    private AwsException NotFound(string name) => new("ResourceNotFoundException", $"Rule {name} does not exist on EventBus {bus.Options.Name}.");

    private IEnumerable<JsonObject> Descriptions() =>
    [
        .. bus.Rules.Where(static rule => !rule.Options.IsOfClient).Select(rule => Description(rule.Options.Name, rule.Options.Pattern, isEnabled: true, null)),
        .. book.All.Select(rule => Description(rule.Name, rule.Pattern, rule.IsEnabled, rule.Description)),
        .. ArchiveRule.All(bus).Select(OfArchive),
    ];

    private JsonObject OfArchive(ArchiveRule rule)
    {
        var description = Description(rule.Name, rule.Pattern, isEnabled: true, description: null);
        description["ManagedBy"] = ArchiveRule.ManagedBy;
        return description;
    }

    private JsonObject Description(string name, string pattern, bool isEnabled, string? description)
    {
        var rule = new JsonObject
        {
            ["Name"] = name,
            ["Arn"] = bus.Options.RuleArn(name),
            ["EventPattern"] = pattern,
            ["State"] = isEnabled ? "ENABLED" : "DISABLED",
            ["EventBusName"] = bus.Options.Name,
        };
        if (description is not null)
        {
            rule["Description"] = description;
        }

        return rule;
    }

    private IEnumerable<JsonObject> TargetsOf(string name)
    {
        if (book.Find(name) is { } rule)
        {
            return rule.Targets.Select(static target => (JsonObject)target.Json.DeepClone());
        }

        if (ArchiveRule.Find(bus, name) is { } ofArchive)
        {
            return [ofArchive.Target(bus.Options.Region)];
        }

        var known = OfProgram(name) ?? throw NotFound(name);
        return
        [
            new JsonObject
            {
                ["Id"] = "target",
                ["Arn"] = known.TargetArn,
                ["RetryPolicy"] = new JsonObject
                {
                    ["MaximumRetryAttempts"] = known.Options.MaximumRetryAttempts,
                    ["MaximumEventAgeInSeconds"] = (long)known.Options.MaximumEventAge.TotalSeconds,
                },
            },
        ];
    }
}
