#pragma warning disable CA1032, CA1064 // Internal: each endpoint catches them and answers in the words of its service.
namespace DataToEvents.Emulator.Server;

internal sealed class BodyTooLargeException() : Exception("The body of the request is larger than the service allows.");

internal sealed class BodyBudgetSpentException() : Exception("The bodies of the requests in progress use all the memory that they may use.");
