namespace DataToEvents.Application.Signals;

/// <summary>
/// Reports one invocation of a step: readings at its end, and an activity for each trace that its events belong to. A batch mixes traces, and so
/// each of them stays complete. While no program listens it costs nothing for a record.
/// </summary>
internal sealed class StepRun(string step, IMetrics? metrics) : IDisposable
{
    /// <summary>Many traces must not make a batch slow. Traces beyond this number continue, but do not show this step.</summary>
    private const int MostTraces = 128;

    private readonly List<Reading> _readings = new(8);
    private List<Activity>? _activities;
    private bool _completed;

    /// <summary>Whether anybody listens to activities. If not, the traces of events need not be read.</summary>
    public static bool IsTraced => PathSignals.AreListenedTo && PathSignals.Activities.HasListeners();

    /// <summary>Continues the trace that the invocation came with if it is recorded, else begins one, as the listener's sampler decides.</summary>
    /// <returns>The traceparent for events that bring none.</returns>
    public string? Begin(string? traceParent)
    {
        if (!IsTraced)
        {
            return traceParent;
        }

        _ = TryContinue(traceParent) || TryAdd(PathSignals.Activities.StartActivity(step, ActivityKind.Consumer));
        return _activities?[0].Id ?? traceParent;
    }

    /// <summary>Continues those of the traces that are recorded. Call it only while <see cref="IsTraced"/>.</summary>
    public void Continue(IEnumerable<string?> traceParents)
    {
        foreach (var traceParent in traceParents)
        {
            if (_activities?.Count == MostTraces)
            {
                return;
            }

            TryContinue(traceParent);
        }
    }

    public void Count(Signal signal, long value)
    {
        if (value != 0)
        {
            _readings.Add(new Reading(signal, value));
        }
    }

    public void Count(LaneTally tally)
    {
        Count(PathSignals.Calls, tally.Calls);
        Count(PathSignals.Retries, tally.Retries);
    }

    /// <summary>Call it when the step has ended, with or without failed records.</summary>
    public void Complete()
    {
        _completed = true;
        metrics?.Write(_readings);
        if (!PathSignals.AreListenedTo)
        {
            return;
        }

        var tags = new TagList { { "step", step } };
        foreach (var (signal, value) in _readings)
        {
            signal.Record(value, tags);
            _activities?.ForEach(activity => activity.SetTag(signal.Name, value));
        }
    }

    public void Dispose()
    {
        for (var last = _activities?.Count - 1; last >= 0; last--)
        {
            if (!_completed)
            {
                _activities![last.Value].SetStatus(ActivityStatusCode.Error);
            }

            _activities![last.Value].Dispose();
        }
    }

    /// <summary>Whether a trace is recorded was decided where it began.</summary>
    private bool TryContinue(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context)
        && context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
        && _activities?.Exists(activity => activity.TraceId == context.TraceId) != true
        && TryAdd(PathSignals.Activities.StartActivity(step, ActivityKind.Consumer, context));

    private bool TryAdd(Activity? activity)
    {
        if (activity is null)
        {
            return false;
        }

        (_activities ??= []).Add(activity);
        return true;
    }
}
