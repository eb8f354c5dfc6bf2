namespace DataToEvents.Common;

/// <summary>Something that the person at the command line can put right: one line says what is wrong, where, and what to do.</summary>
public sealed class UserErrorException(string message) : Exception(message);
