namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>What requests of SQS have in common.</summary>
internal static class SqsRequest
{
    /// <exception cref="ServiceException">The member is missing or empty.</exception>
    public static string Required(this JsonRequest call, string name) => call.Text(name) is { Length: > 0 } text ? text : throw Missing(name);

    /// <exception cref="ServiceException">The member is missing.</exception>
    public static int RequiredNumber(this JsonRequest call, string name) => call.Number(name) ?? throw Missing(name);

    /// <summary>A map of texts; empty when it is missing.</summary>
    public static Dictionary<string, string> Map(this JsonRequest call, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (call.Object(name) is { } map)
        {
            foreach (var member in map.EnumerateObject())
            {
                texts[member.Name] = JsonRequest.Of(map).Text(member.Name) ?? "";
            }
        }

        return texts;
    }

    /// <summary>A time in seconds within a range; null when it is missing.</summary>
    /// <exception cref="ServiceException">The time is out of range.</exception>
    public static TimeSpan? Seconds(this JsonRequest call, string name, int max, string range) => call.Number(name) switch
    {
        null => null,
        { } seconds when seconds >= 0 && seconds <= max => TimeSpan.FromSeconds(seconds),
        var seconds => throw new ServiceException("InvalidParameterValue", $"Value {seconds} for parameter {name} is invalid. Reason: {range}"),
    };

    public static ServiceException Missing(string name) => new("MissingParameter", $"The request must contain the parameter {name}.");

    /// <summary>A page of a listing that is in order.</summary>
    /// <returns>The page, and the token of the next one; null when this is the last.</returns>
    /// <exception cref="ServiceException">The limit is out of range, or the token is not one of ours.</exception>
    public static (List<string> Page, string? Next) Page(this JsonRequest call, IEnumerable<string> all)
    {
        const int Most = 1_000;
        var limit = call.Number("MaxResults");
        if (limit is < 1 or > Most)
        {
            throw new ServiceException("InvalidParameterValue", $"Value {limit} for parameter MaxResults is invalid. Reason: Must be an integer from 1 to {Most}.");
        }

        var (page, next) = Paging.Of(all, static text => text, limit ?? Most, call.Text("NextToken"), static token => new ServiceException(
            "InvalidParameterValue", $"Value {token} for parameter NextToken is invalid. Reason: It is not a token of an earlier page."));
        return (page, limit is null ? null : next);
    }
}
