#pragma warning disable CA1032, CA1064 // Internal signals between a body's reader and the endpoint that words them for its clients.
namespace DataToEvents.Emulator.Server;

internal sealed class BodyTooLargeException() : Exception("The request's body is larger than the service takes.");

internal sealed class BodyBudgetSpentException() : Exception("The requests at hand occupy all the memory that is set aside for them.");
