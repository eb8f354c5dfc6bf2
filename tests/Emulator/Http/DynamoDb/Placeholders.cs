namespace DataToEvents.Emulator.Tests.Http.DynamoDb;

/// <summary>The placeholders of a request. DynamoDB refuses a request that defines one that no expression uses.</summary>
internal static partial class Placeholders
{
    /// <param name="expressions">The expressions of the request.</param>
    /// <param name="names">All names that the test defines, as JSON.</param>
    /// <param name="values">All values that the test defines, as JSON.</param>
    /// <returns>The members of the request that define what the expressions use: each begins with a comma.</returns>
    public static string Of(string expressions, string names, string values) =>
        Member("ExpressionAttributeNames", expressions, names) + Member("ExpressionAttributeValues", expressions, values);

    private static string Member(string member, string expressions, string all)
    {
        var words = Word().Matches(expressions).Select(static word => word.Value).ToHashSet();
        var used = new JsonObject(JsonNode.Parse(all)!.AsObject().Where(placeholder => words.Contains(placeholder.Key)).Select(placeholder => KeyValuePair.Create(placeholder.Key, placeholder.Value?.DeepClone())));
        return used.Count == 0 ? "" : $",\"{member}\":{used.ToJsonString()}";
    }

    [GeneratedRegex("[#:][A-Za-z0-9_]+")]
    private static partial Regex Word();
}
