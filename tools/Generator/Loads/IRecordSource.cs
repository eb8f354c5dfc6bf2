namespace DataToEvents.Generator.Loads;

/// <summary>Where a run's records come from.</summary>
internal interface IRecordSource
{
    /// <summary>The next record, or null when there are no more.</summary>
    LoadRecord? Next();
}
