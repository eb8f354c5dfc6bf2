namespace DataToEvents.Operator.Lake;

/// <summary>A lake that answers SQL.</summary>
internal interface ILake
{
    /// <param name="sql">One query that only reads.</param>
    /// <param name="limit">The most rows of the answer.</param>
    /// <param name="stopping">Ends the query.</param>
    /// <exception cref="UserErrorException">The SQL is wrong, or the lake is not there.</exception>
    Task<LakeAnswer> AskAsync(string sql, int limit, CancellationToken stopping);
}

/// <param name="Columns">Names of the columns, each once.</param>
/// <param name="Rows">Values in the columns' order; null is SQL's null.</param>
/// <param name="HasMore">Whether there are more rows than the limit.</param>
/// <param name="ScannedBytes">Bytes that Athena read for it and bills; null if nothing is billed.</param>
internal sealed record LakeAnswer(IReadOnlyList<string> Columns, IReadOnlyList<JsonNode?[]> Rows, bool HasMore, long? ScannedBytes)
{
    /// <summary>Gives each column a name of its own, without white space: they become members of a JSON object.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> names)
    {
        var distinct = new List<string>();
        foreach (var name in names)
        {
            var plain = string.Join('_', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            var free = plain.Length > 0 ? plain : "column";
            for (var number = 2; distinct.Contains(free); number++)
            {
                free = FormattableString.Invariant($"{plain}_{number}");
            }

            distinct.Add(free);
        }

        return distinct;
    }
}
