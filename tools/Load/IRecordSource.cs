namespace DataToEvents.Load;

/// <summary>The source of a run's records.</summary>
public interface IRecordSource
{
    /// <summary>The next record, or null when there are no more.</summary>
    LoadRecord? Next();
}
