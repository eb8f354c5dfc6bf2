using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.DynamoDb.Expressions;
using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>DynamoDB's condition and update expressions. They are refused as by DynamoDB, or applied to an item.</summary>
internal static class Expressions
{
    private static readonly JsonDocument Request = JsonDocument.Parse(
        """{"ExpressionAttributeNames":{"#a":"a","#b":"b"},"ExpressionAttributeValues":{":n":{"N":"1"},":s":{"S":"x"},":bad":{"N":"x"},":odd":7}}""");

    private static readonly JsonDocument Item = JsonDocument.Parse("""{"a":{"N":"1"},"b":{"S":"xy"}}""");

    public static IReadOnlyList<string> Words { get; } =
    [
        " AND ", " OR ", " NOT ", "(", ")", "attribute_exists", "attribute_not_exists", "begins_with", "BETWEEN", "SET ", "ADD ", "REMOVE ", "if_not_exists", "#a", "#b", ":n", ":s", ":bad",
        ":odd", "=", "<>", "<", "<=", "+", "-", ",", "a", " ",
    ];

    public static void Read(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        Announced(() => ConditionParser.Parse(text, Scope()).Holds(static name => Item.RootElement.TryGetProperty(name, out var value) ? value : null));
        Announced(() => UpdateExpression.Parse(text, Scope()).Apply(Item.RootElement.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value)));
    }

    private static Scope Scope() => new(JsonRequest.Of(Request.RootElement));

    private static void Announced(Action parse)
    {
        try
        {
            parse();
        }
        catch (AwsException)
        {
            // The endpoint says so to the client.
        }
    }
}
