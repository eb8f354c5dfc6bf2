using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Local.Hosting;

/// <summary>The four functions, one of them with two handlers, however they run.</summary>
internal sealed record PathFunctions(IFunction Transformer, IFunction EventStorer, IFunction IntegrationEventEmitter, IFunction EventResponder, IFunction HttpApi);
