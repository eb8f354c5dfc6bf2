namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The function answers a route of an HTTP API.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class HttpApiAttribute(LambdaHttpMethod method, string template) : Attribute
{
    public HttpApiVersion Version { get; set; } = HttpApiVersion.V2;

    public string Template { get; set; } = template;

    public LambdaHttpMethod Method { get; set; } = method;

    /// <summary>The name of an authorizer, for CloudFormation.</summary>
    public string Authorizer { get; set; }
}

/// <summary>The payload format of an HTTP API's events.</summary>
public enum HttpApiVersion
{
    V1 = 0,
    V2 = 1,
}

/// <summary>The method of a route.</summary>
public enum LambdaHttpMethod
{
    Any = 0,
    Get = 1,
    Post = 2,
    Put = 3,
    Patch = 4,
    Head = 5,
    Delete = 6,
    Options = 7,
}
