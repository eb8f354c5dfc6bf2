using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>ListRules, DescribeRule and ListTargetsByRule. No call adds or changes a rule: whoever builds the emulator does.</summary>
internal static class RuleCalls
{
    public static JsonObject List(EventBus bus, JsonRequest call)
    {
        var prefix = call.Text("NamePrefix") ?? "";
        var rules = bus.Rules.Where(rule => rule.Options.Name.StartsWith(prefix, StringComparison.Ordinal));
        return new JsonObject { ["Rules"] = new JsonArray([.. rules.Select(rule => Describe(bus, rule))]) };
    }

    public static JsonObject Describe(EventBus bus, JsonRequest call) => Describe(bus, Find(bus, call.RequiredText("Name")));

    public static JsonObject ListTargets(EventBus bus, JsonRequest call)
    {
        var rule = Find(bus, call.RequiredText("Rule"));
        var target = new JsonObject
        {
            ["Id"] = "target",
            ["Arn"] = rule.TargetArn,
            ["RetryPolicy"] = new JsonObject
            {
                ["MaximumRetryAttempts"] = rule.Options.MaximumRetryAttempts,
                ["MaximumEventAgeInSeconds"] = (long)rule.Options.MaximumEventAge.TotalSeconds,
            },
        };
        return new JsonObject { ["Targets"] = new JsonArray(target) };
    }

    private static RuleState Find(EventBus bus, string name) => bus.Rules.FirstOrDefault(rule => rule.Options.Name == name)
        ?? throw new AwsException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus {bus.Options.Name}.");

    private static JsonObject Describe(EventBus bus, RuleState rule) => new()
    {
        ["Name"] = rule.Options.Name,
        ["Arn"] = rule.Arn,
        ["EventPattern"] = rule.Options.Pattern,
        ["State"] = "ENABLED",
        ["EventBusName"] = bus.Options.Name,
    };
}
