namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>The parts of an ARN: <c>arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE</c>.</summary>
internal static class Arn
{
    private const int Parts = 6;

    public static string Service(string arn) => Part(arn, 2);

    /// <summary>The text behind the account: <c>table/NAME/stream/LABEL</c>, <c>function:NAME</c>, a queue's name.</summary>
    public static string Resource(string arn) => Part(arn, 5);

    private static string Part(string arn, int index)
    {
        var parts = arn.Split(':', Parts);
        return parts.Length == Parts && parts[0] == "arn" ? parts[index] : throw new DeploymentException($"\"{arn}\" is no ARN.");
    }
}
