using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.DynamoDb.Expressions;
using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Fuzz.Tests.Targets;

/// <summary>DynamoDB's condition, update and projection expressions. They are refused as by DynamoDB, or applied to an item.</summary>
internal static class Expressions
{
    private static readonly JsonDocument Request = JsonDocument.Parse(
        """{"ExpressionAttributeNames":{"#a":"a","#b":"b"},"ExpressionAttributeValues":{":n":{"N":"1"},":s":{"S":"x"},":l":{"L":[{"N":"1"}]},":set":{"SS":["x"]}}}""");

    private const string ItemText = """{"a":{"N":"1"},"b":{"S":"xy"},"m":{"M":{"x":{"L":[{"N":"1"},{"SS":["x","y"]}]}}}}""";

    private static readonly JsonDocument Item = JsonDocument.Parse(ItemText);

    public static IReadOnlyList<string> Words { get; } =
    [
        " AND ", " OR ", " NOT ", "(", ")", "attribute_exists", "attribute_not_exists", "begins_with", "BETWEEN", "SET ", "ADD ", "REMOVE ", "if_not_exists", "#a", "#b", ":n", ":s", ":l",
        ":set", "contains", "size", "attribute_type", "IN", "DELETE ", "list_append", "m.x", "[0]", "[1]", ".x", "=", "<>", "<", "<=", "+", "-", ",", "a", " ",
    ];

    public static void Read(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        Announced(() => ConditionParser.Parse(new Lexer("ConditionExpression", text), Scope()).Holds(Find));
        Announced(() => UpdateExpression.Parse(new Lexer("UpdateExpression", text), Scope()).Apply(Find, JsonNode.Parse(ItemText)!.AsObject()));
        Announced(() => Projection.Parse(new Lexer("ProjectionExpression", text), Scope()).Of(Item.RootElement.EnumerateObject().Select(static member => KeyValuePair.Create(member.Name, member.Value))));
    }

    private static JsonElement? Find(string name) => Item.RootElement.TryGetProperty(name, out var value) ? value : null;

    private static Scope Scope() => new(JsonRequest.Of(Request.RootElement));

    private static void Announced(Action parse)
    {
        try
        {
            parse();
        }
        catch (Exception refused) when (refused is AwsException or ServiceException)
        {
            // The endpoint says so to the client.
        }
    }
}
