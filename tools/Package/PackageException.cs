namespace DataToEvents.Package;

/// <summary>The package would not run on Lambda; the message says why.</summary>
public sealed class PackageException(string message) : Exception(message);
