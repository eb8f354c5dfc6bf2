namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Full names of the types that the generator looks for, and prefixes of those it writes.</summary>
internal static class Names
{
    public const string Annotations = "Amazon.Lambda.Annotations";
    public const string ApiGateway = Annotations + ".APIGateway";
    public const string LambdaFunction = Annotations + ".LambdaFunctionAttribute";
    public const string LambdaStartup = Annotations + ".LambdaStartupAttribute";
    public const string LambdaGlobalProperties = Annotations + ".LambdaGlobalPropertiesAttribute";
    public const string FromServices = Annotations + ".FromServicesAttribute";
    public const string HttpApi = ApiGateway + ".HttpApiAttribute";
    public const string FromBody = ApiGateway + ".FromBodyAttribute";
    public const string FromHeader = ApiGateway + ".FromHeaderAttribute";
    public const string FromQuery = ApiGateway + ".FromQueryAttribute";
    public const string FromRoute = ApiGateway + ".FromRouteAttribute";
    public const string HttpResult = ApiGateway + ".IHttpResult";
    public const string LambdaSerializer = "Amazon.Lambda.Core.LambdaSerializerAttribute";
    public const string LambdaContext = "Amazon.Lambda.Core.ILambdaContext";
    public const string HttpRequest = "Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest";
    public const string HttpResponse = "Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyResponse";
    public const string Bootstrap = "Amazon.Lambda.RuntimeSupport.LambdaBootstrapBuilder";
    public const string ServiceCollection = "Microsoft.Extensions.DependencyInjection.IServiceCollection";
    public const string ServiceProviderBuilder = "Microsoft.Extensions.DependencyInjection.ServiceCollectionContainerBuilderExtensions";

    public const string Task = "global::System.Threading.Tasks.Task";
    public const string Stream = "global::System.IO.Stream";
}
