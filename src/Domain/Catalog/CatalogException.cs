namespace DataToEvents.Domain.Catalog;

/// <summary>The text is not an event catalog. The message says what is wrong, where, and what is allowed.</summary>
/// <param name="message">The error in the catalog.</param>
/// <param name="path">The place, such as <c>catalog.events[0].stream</c>; null when the text is not JSON.</param>
public sealed class CatalogException(string message, string? path = null) : Exception(message)
{
    internal string? Path => path;
}
