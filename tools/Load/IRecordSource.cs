namespace DataToEvents.Load;

/// <summary>Where a run's records come from.</summary>
public interface IRecordSource
{
    /// <summary>The next record, or null when there are no more.</summary>
    LoadRecord? Next();
}
