namespace DataToEvents.Operator.Lake;

/// <summary>Tells a query from a statement that changes something, before anybody runs it.</summary>
internal static partial class ReadingSql
{
    private static readonly string[] Beginnings = ["SELECT", "WITH", "VALUES"];

    /// <exception cref="UserErrorException">It is no query.</exception>
    public static void Check(string sql)
    {
        var first = FirstWord().Match(sql).Groups["word"].Value;
        if (!Beginnings.Contains(first, StringComparer.OrdinalIgnoreCase))
        {
            throw new UserErrorException($"the SQL begins with '{first}'; allowed: one query, which begins with SELECT, WITH or VALUES.");
        }
    }

    /// <summary>Comments and opening brackets may stand before it.</summary>
    [GeneratedRegex(@"^(\s|\(|--[^\n]*(\n|$)|/\*.*?\*/)*(?<word>[^\s(]*)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex FirstWord();
}
