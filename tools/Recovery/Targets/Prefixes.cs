namespace DataToEvents.Recovery.Targets;

/// <summary>The prefixes of the data bucket.</summary>
internal static class Prefixes
{
    public const string Lake = "lake/events/";

    public const string Failed = "lake/errors/processing-failed/";

    public const string OnFailure = "on-failure/";

    /// <summary>Lambda itself chooses the keys of its on-failure destination.</summary>
    public const string OnFailureByLambda = "aws/lambda/";

    /// <summary>Objects whose records were brought back are moved here, under their old key, so that a mistake loses nothing.</summary>
    public const string Recovered = "recovered/";
}
