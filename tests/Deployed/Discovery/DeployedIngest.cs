namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>The REST API that puts the body of a request into a delivery stream.</summary>
/// <param name="Authorization"><c>AWS_IAM</c>, or <c>NONE</c> where a key is asked for.</param>
/// <param name="AsksForKey">Whether a request needs an API key.</param>
/// <param name="RoleArn">The role by which API Gateway calls PutRecord.</param>
/// <param name="Streams">The delivery streams of its templates.</param>
internal sealed record DeployedIngest(string Authorization, bool AsksForKey, string RoleArn, IReadOnlyList<string> Streams)
{
    private const string Body = "$util.base64Encode($input.body)";

    /// <exception cref="DeploymentException">It is not the one route POST /ingest, or does something else than PutRecord.</exception>
    public static DeployedIngest Read(Answer answer) => answer.Objects("resources", Resource).Where(route => route is not null).ToList() is [{ } only]
        ? only
        : throw new DeploymentException($"{answer.Place} has more or less than one route.");

    private static DeployedIngest? Resource(Answer answer)
    {
        answer.SetAside("id", "parentId", "pathPart");
        var (path, route) = (answer.Text("path"), answer.OptionalObject("resourceMethods", methods => methods.Object("POST", Method)));
        return route is null || path == "/ingest" ? route : throw new DeploymentException($"{answer.Place} is at {path}, and should be at /ingest.");
    }

    private static DeployedIngest Method(Answer answer)
    {
        answer.Must("httpMethod", "POST");
        answer.SetAside("methodResponses");
        var (authorization, asksForKey) = (answer.Text("authorizationType"), answer.Has("apiKeyRequired") && answer.Flag("apiKeyRequired"));
        var (role, streams) = answer.Object("methodIntegration", Integration);
        return new DeployedIngest(authorization, asksForKey, role, streams);
    }

    private static (string Role, IReadOnlyList<string> Streams) Integration(Answer answer)
    {
        answer.Must("type", "AWS");
        answer.Must("httpMethod", "POST");
        answer.Must("passthroughBehavior", "NEVER");
        answer.Must("connectionType", "INTERNET");
        answer.SetAside("integrationResponses", "requestParameters", "timeoutInMillis", "cacheNamespace", "cacheKeyParameters");
        if (!answer.Text("uri").EndsWith(":firehose:action/PutRecord", StringComparison.Ordinal))
        {
            throw new DeploymentException($"{answer.Place} calls another operation than PutRecord.");
        }

        return (answer.Text("credentials"), [.. answer.Map("requestTemplates").Select(template => Stream(template.Value, answer.Place)).Distinct()]);
    }

    private static string Stream(string template, string place)
    {
        using var json = JsonDocument.Parse(template);
        return json.RootElement.GetProperty("Record").GetProperty("Data").GetString() == Body
            ? json.RootElement.GetProperty("DeliveryStreamName").GetString()!
            : throw new DeploymentException($"{place} changes the body: {template}.");
    }
}
