using DataToEvents.Recovery.Failed;

namespace DataToEvents.Recovery.Targets;

/// <summary>Where things lie in the data bucket.</summary>
internal static class Prefixes
{
    public const string Lake = "lake/events/";

    public const string Failed = "lake/errors/processing-failed/";

    public const string OnFailure = "on-failure/";

    /// <summary>Lambda itself chooses the keys of its on-failure destination.</summary>
    public const string OnFailureByLambda = "aws/lambda/";

    /// <summary>What has been brought back is moved here, key and all: nothing is lost by a mistake.</summary>
    public const string Recovered = "recovered/";
}
