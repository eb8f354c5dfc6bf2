#pragma warning disable CA1032 // Carries one line for a person, never less.
namespace DataToEvents.Operator.Commands;

/// <summary>Something that the person at the command line can put right: one line says what is wrong and what is allowed.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
