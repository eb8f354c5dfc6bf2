namespace DataToEvents.Operator.Costs;

/// <param name="Stage">The stage at which events wait.</param>
/// <param name="Backlog">How many, at the end.</param>
/// <param name="Throttled">Seconds in which more came than the quota let through.</param>
internal sealed record StageState(string Stage, double Backlog, int Throttled);

/// <summary>
/// Simulates the stages of the path second by second: each stage passes on as many events as its quota allows, and the others wait in front of it. It shows
/// what the arithmetic of single quotas does not: how far behind the path falls, and where the events pile up.
/// </summary>
internal sealed class QuotaSimulation
{
    private readonly (string Stage, double Capacity)[] _stages;

    /// <param name="bounds">The quotas; several of one service follow one another.</param>
    /// <param name="copies">How many of each there are (shards, or a quota raised so many times).</param>
    public QuotaSimulation(IEnumerable<QuotaBound> bounds, Func<QuotaBound, double> copies)
    {
        string[] order = ["Firehose", "SQS", "DynamoDB", "EventBridge, P", "EventBridge, t", "Lambda"];
        _stages = [.. bounds
            .OrderBy(bound => Array.FindIndex(order, prefix => bound.Stage.StartsWith(prefix, StringComparison.Ordinal)))
            .Select(bound => (bound.Stage, bound.EventsPerSecond * copies(bound)))];
    }

    /// <param name="arrivals">Events that arrive in a given second.</param>
    /// <param name="seconds">How long.</param>
    public (IReadOnlyList<StageState> Stages, double Delivered) Run(Func<int, double> arrivals, int seconds)
    {
        var backlog = new double[_stages.Length];
        var throttled = new int[_stages.Length];
        var delivered = 0.0;
        for (var second = 0; second < seconds; second++)
        {
            var flow = arrivals(second);
            for (var i = 0; i < _stages.Length; i++)
            {
                var waiting = backlog[i] + flow;
                flow = Math.Min(waiting, _stages[i].Capacity);
                backlog[i] = waiting - flow;
                throttled[i] += backlog[i] > 1e-6 ? 1 : 0;
            }

            delivered += flow;
        }

        return ([.. _stages.Select((stage, i) => new StageState(stage.Stage, backlog[i], throttled[i]))], delivered);
    }
}
