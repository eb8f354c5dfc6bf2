using System.Text.Json;
using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>ListRules, DescribeRule, ListTargetsByRule: for looking. Rules are made by who composes the engine.</summary>
internal static class RuleCalls
{
    private const string TargetId = "target";

    public static void List(EventBus bus, JsonRequest call, Utf8JsonWriter answer)
    {
        var prefix = call.Text("NamePrefix") ?? "";
        answer.WriteStartObject();
        answer.WriteStartArray("Rules");
        foreach (var rule in bus.Rules.Where(rule => rule.Options.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            Write(answer, bus, rule);
        }

        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    public static void Describe(EventBus bus, JsonRequest call, Utf8JsonWriter answer) => Write(answer, bus, Find(bus, call.RequiredText("Name")));

    public static void ListTargets(EventBus bus, JsonRequest call, Utf8JsonWriter answer)
    {
        var rule = Find(bus, call.RequiredText("Rule"));
        answer.WriteStartObject();
        answer.WriteStartArray("Targets");
        answer.WriteStartObject();
        answer.WriteString("Id", TargetId);
        answer.WriteString("Arn", rule.TargetArn);
        answer.WriteStartObject("RetryPolicy");
        answer.WriteNumber("MaximumRetryAttempts", rule.Options.MaximumRetryAttempts);
        answer.WriteNumber("MaximumEventAgeInSeconds", (long)rule.Options.MaximumEventAge.TotalSeconds);
        answer.WriteEndObject();
        answer.WriteEndObject();
        answer.WriteEndArray();
        answer.WriteEndObject();
    }

    private static RuleState Find(EventBus bus, string name) => bus.Rules.FirstOrDefault(rule => rule.Options.Name == name)
        ?? throw new AwsException("ResourceNotFoundException", $"Rule {name} does not exist on EventBus {bus.Options.Name}.");

    private static void Write(Utf8JsonWriter answer, EventBus bus, RuleState rule)
    {
        answer.WriteStartObject();
        answer.WriteString("Name", rule.Options.Name);
        answer.WriteString("Arn", rule.Arn);
        answer.WriteString("EventPattern", rule.Options.Pattern);
        answer.WriteString("State", "ENABLED");
        answer.WriteString("EventBusName", bus.Options.Name);
        answer.WriteEndObject();
    }
}
