using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Http.HttpApi;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>The deployed HTTP API before its function.</summary>
internal sealed class ApiRoutes(Deployment deployment, Access access, DeployedFunctions functions)
{
    public HttpApiEndpoint Open()
    {
        var arns = deployment.Api.Routes.Select(route => route.FunctionArn).Distinct().ToArray();
        if (arns is not [var arn])
        {
            throw new DeploymentException($"The API's routes should lead to one function, and lead to {arns.Length}.");
        }

        var routes = deployment.Api.Routes.ToDictionary(route => route.Key);
        return new HttpApiEndpoint(
            MayInvoke(arn) ? functions[arn] : new Refused(arn),
            new HttpApiOptions
            {
                Routes = [.. routes.Keys.Select(key => new HttpRoute(key))],
                Account = deployment.Account,
                ApiId = deployment.Api.Id,
                Authorizer = (request, route) => Authorize(request, routes[route.Key]),
            },
            TimeProvider.System);
    }

    private bool MayInvoke(string functionArn) => deployment.Api.Routes.All(route => access.Allows(
        "apigateway.amazonaws.com",
        "lambda:InvokeFunction",
        functionArn,
        $"arn:aws:execute-api:{deployment.Region}:{deployment.Account}:{deployment.Api.Id}/$default/{route.Key.Replace(" /", "/", StringComparison.Ordinal)}"));

    /// <summary>The driver may call the API, as the account's administrator may; the functions' roles may not.</summary>
    private static int? Authorize(HttpRequest request, DeployedRoute route) => route.Authorization switch
    {
        "NONE" => null,
        "AWS_IAM" => ServiceCall.Signer(request) == CallerPolicy.DriverKey ? null : StatusCodes.Status403Forbidden,
        _ => throw new DeploymentException($"{route.Key} is authorized by {route.Authorization}, which is not understood here."),
    };
}
