namespace DataToEvents.Generator.Sending;

/// <summary>Sorts the records of a call into those that were accepted, those that are sent again after a back-off, and those that are given up.</summary>
internal sealed class Settlement(LedgerWriter? ledger, SendTotals totals, Backoff backoff, TimeProvider time)
{
    private bool _wasThere;
    private bool _othersUnderWay;

    /// <summary>The fault that ends the run; null as long as there is none.</summary>
    public TargetException? Fatal { get; private set; }

    /// <param name="flight">The call that has ended.</param>
    /// <param name="isStopping">Whether the run ends: nothing goes again then.</param>
    /// <param name="othersUnderWay">Whether other calls have not been settled yet. They may tell that the target is there.</param>
    /// <returns>The records that have to be sent again.</returns>
    public List<Outgoing> Settle(Flight flight, bool isStopping, bool othersUnderWay)
    {
        _othersUnderWay = othersUnderWay;
        _wasThere |= flight.Fault is null or { Fault: TargetFault.Busy or TargetFault.Troubled };
        var again = new List<Outgoing>();
        for (var i = 0; i < flight.Batch.Count; i++)
        {
            var record = flight.Batch[i];
            var answer = Answer(flight, i);
            if (answer.Error is not { } error)
            {
                totals.Accepted(record);
                ledger?.Accepted(record);
                continue;
            }

            totals.Refused(error);
            if (answer.IsFinal || isStopping || record.Attempts >= Backoff.MaxAttempts)
            {
                GiveUp(record, error);
            }
            else
            {
                again.Add(record);
            }
        }

        Delay(again);
        return again;
    }

    /// <summary>Gives up the records that wait for another try.</summary>
    public void Abandon(IEnumerable<Outgoing> waiting)
    {
        foreach (var record in waiting.Where(record => record.Attempts > 0))
        {
            GiveUp(record, totals.LastError ?? "the run was stopped");
        }
    }

    private PutAnswer Answer(Flight flight, int index)
    {
        if (flight.Fault is not { } fault)
        {
            return flight.Answers![index];
        }

        var record = flight.Batch[index];
        record.Uncertain += fault.MayHaveArrived ? 1 : 0;
        if (IsWorthAnotherTry(fault.Fault))
        {
            // A target that is away for longer than all back-offs ends the run; else each batch would wait as long.
            Fatal ??= record.Attempts >= Backoff.MaxAttempts ? fault : null;
            return PutAnswer.Retry(fault.Message);
        }

        Fatal ??= fault;
        return PutAnswer.Refused(fault.Message);
    }

    /// <summary>A target that was there before may be restarting, so it is tried again. One that never was is reported as soon as no other call can tell better.</summary>
    private bool IsWorthAnotherTry(TargetFault fault) => fault switch
    {
        TargetFault.Busy or TargetFault.Troubled => true,
        TargetFault.Unreachable => _wasThere || _othersUnderWay,
        _ => false,
    };

    private void Delay(List<Outgoing> again)
    {
        if (again.Count == 0)
        {
            return;
        }

        totals.Retrying(again.Count);
        var notBefore = time.GetTimestamp() + (long)(backoff.After(again.Max(record => record.Attempts)).TotalSeconds * time.TimestampFrequency);
        again.ForEach(record => record.NotBefore = notBefore);
    }

    private void GiveUp(Outgoing record, string reason)
    {
        totals.GaveUp(record.Record.Poison is PoisonKind.Oversize);
        ledger?.GivenUp(record, reason);
    }
}
