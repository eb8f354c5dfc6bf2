using System.Collections.Concurrent;
using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Adapters.Tests.Embedded.Functions;

public sealed class CollectedLog : IFunctionLog
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public void Write(string functionName, string line) => Lines.Enqueue($"{functionName}: {line}");
}
