namespace DataToEvents.Emulator.Http.Json;

/// <summary>Pages of listings. A token is the base64 of the last key of its page.</summary>
internal static class Paging
{
    /// <param name="all">All items, in the order of their keys.</param>
    /// <param name="key">The key of an item.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="token">The token of the page before; null: the first page.</param>
    /// <param name="invalid">Makes the error for an invalid token.</param>
    /// <returns>The page, and its token if there are more.</returns>
    public static (List<T> Page, string? Token) Of<T>(IEnumerable<T> all, Func<T, string> key, int limit, string? token, Func<string, Exception> invalid)
    {
        var after = token is null ? null : Decode(token) ?? throw invalid(token);
        var rest = all.Where(item => after is null || string.CompareOrdinal(key(item), after) > 0).ToList();
        var page = rest.Take(limit).ToList();
        return (page, page.Count < rest.Count ? Convert.ToBase64String(Encoding.UTF8.GetBytes(key(page[^1]))) : null);
    }

    private static string? Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
