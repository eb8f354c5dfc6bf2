using System.Net;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The answer of a function behind an API: a status with headers and a body.</summary>
public interface IHttpResult
{
    HttpStatusCode StatusCode { get; }

    /// <summary>The answer as API Gateway reads it.</summary>
    Stream Serialize(HttpResultSerializationOptions options);

    IHttpResult AddHeader(string name, string value);
}

/// <summary>Which API the answer is for, and what turns its body into JSON.</summary>
public class HttpResultSerializationOptions
{
    public ProtocolFormat Format { get; set; }

    public ProtocolVersion Version { get; set; }

    public ILambdaSerializer Serializer { get; set; }

    public enum ProtocolFormat
    {
        RestApi,
        HttpApi,
    }

    public enum ProtocolVersion
    {
        V1,
        V2,
    }
}
