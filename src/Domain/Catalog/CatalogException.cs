namespace DataToEvents.Domain.Catalog;

/// <summary>The text is not an event catalog. The message says what is wrong, where, and what is allowed.</summary>
public sealed class CatalogException(string message) : Exception(message);
