namespace DataToEvents.Domain.Catalog;

/// <summary>The text given as an event catalog is none. The message says what is wrong, where, and what is allowed.</summary>
public sealed class CatalogException(string message) : Exception(message);
