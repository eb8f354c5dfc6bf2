namespace DataToEvents.Adapters.Formats;

/// <summary>ARNs of a change stream, whose form is <c>arn:…:table/NAME/stream/LABEL</c>.</summary>
public static class StreamArns
{
    /// <summary>The table's ARN and the stream's.</summary>
    public static IReadOnlyList<string> Resources(string streamArn)
    {
        var end = streamArn.IndexOf("/stream/", StringComparison.Ordinal);
        return end > 0 ? [streamArn[..end], streamArn] : [streamArn];
    }
}
