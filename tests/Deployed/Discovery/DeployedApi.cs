namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>An HTTP API as it is deployed.</summary>
internal sealed record DeployedApi(string Id, IReadOnlyList<DeployedRoute> Routes)
{
    public static DeployedApi Read(Answer answer)
    {
        answer.SetAside("authorizers");
        answer.Objects("stages", Stage);
        var integrations = answer.Objects("integrations", Integration).ToDictionary(integration => integration.Id, integration => integration.FunctionArn);
        var routes = answer.Objects("routes", route => Route(route, integrations));
        return new DeployedApi(answer.Object("api", Api), routes);
    }

    private static string Api(Answer answer)
    {
        answer.Must("ProtocolType", "HTTP");
        answer.Must("DisableExecuteApiEndpoint", "False");
        answer.SetAside("ApiEndpoint", "ApiKeySelectionExpression", "CreatedDate", "Description", "Name", "RouteSelectionExpression", "Tags");
        return answer.Text("ApiId");
    }

    private static string Stage(Answer answer)
    {
        answer.Must("StageName", "$default");
        answer.Must("AutoDeploy", "True");
        // A test has too few callers to meet the throttling limits.
        answer.SetAside("CreatedDate", "LastUpdatedDate", "DefaultRouteSettings", "AccessLogSettings", "Tags", "DeploymentId");
        return "";
    }

    private static (string Id, string FunctionArn) Integration(Answer answer)
    {
        answer.Must("IntegrationType", "AWS_PROXY");
        answer.Must("IntegrationMethod", "POST");
        answer.Must("PayloadFormatVersion", "2.0");
        answer.SetAside("ConnectionType", "TimeoutInMillis");
        // …:lambda:path/2015-03-31/functions/FUNCTION/invocations
        var uri = answer.Text("IntegrationUri");
        return (answer.Text("IntegrationId"), uri.Contains("/functions/", StringComparison.Ordinal) ? uri.Split("/functions/")[1].Split("/invocations")[0] : uri);
    }

    private static DeployedRoute Route(Answer answer, Dictionary<string, string> integrations)
    {
        answer.Must("ApiKeyRequired", "False");
        answer.SetAside("RouteId", "AuthorizerId");
        var authorization = answer.Text("AuthorizationType");
        var target = answer.Text("Target")["integrations/".Length..];
        return new DeployedRoute(answer.Text("RouteKey"), authorization, integrations[target]);
    }
}

/// <param name="Key">The route's key, for example <c>GET /streams/{id}</c>.</param>
/// <param name="Authorization"><c>AWS_IAM</c>, <c>JWT</c> or <c>NONE</c>.</param>
/// <param name="FunctionArn">The function that answers.</param>
internal sealed record DeployedRoute(string Key, string Authorization, string FunctionArn);
