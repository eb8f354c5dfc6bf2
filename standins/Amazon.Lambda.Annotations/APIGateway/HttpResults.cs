using System.Globalization;
using System.Net;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The common answers. Bodies: text as text/plain; streams and bytes as application/octet-stream; all else as JSON.</summary>
public class HttpResults : IHttpResult
{
    private const string ContentType = "content-type";

    private readonly object _body;
    private readonly Dictionary<string, IList<string>> _headers = [];

    private HttpResults(HttpStatusCode statusCode, object body = null)
    {
        StatusCode = statusCode;
        _body = body;
    }

    public HttpStatusCode StatusCode { get; }

    public static IHttpResult Accepted(object body = null) => NewResult(HttpStatusCode.Accepted, body);

    public static IHttpResult BadGateway() => NewResult(HttpStatusCode.BadGateway);

    public static IHttpResult BadRequest(object body = null) => NewResult(HttpStatusCode.BadRequest, body);

    public static IHttpResult Conflict(object body = null) => NewResult(HttpStatusCode.Conflict, body);

    public static IHttpResult Created(string uri = null, object body = null) => At(uri, new HttpResults(HttpStatusCode.Created, body));

    public static IHttpResult Forbid(object body = null) => NewResult(HttpStatusCode.Forbidden, body);

    public static IHttpResult InternalServerError(object body = null) => NewResult(HttpStatusCode.InternalServerError, body);

    public static IHttpResult NotFound(object body = null) => NewResult(HttpStatusCode.NotFound, body);

    public static IHttpResult Ok(object body = null) => NewResult(HttpStatusCode.OK, body);

    public static IHttpResult Redirect(string uri, bool permanent = false, bool preserveMethod = false) => At(uri, new HttpResults((permanent, preserveMethod) switch
    {
        (true, true) => HttpStatusCode.PermanentRedirect,
        (false, true) => HttpStatusCode.TemporaryRedirect,
        (true, false) => HttpStatusCode.MovedPermanently,
        (false, false) => HttpStatusCode.Redirect,
    }));

    public static IHttpResult ServiceUnavailable(int? delaySeconds = null)
    {
        var result = NewResult(HttpStatusCode.ServiceUnavailable);
        return delaySeconds > 0 ? result.AddHeader("retry-after", delaySeconds.Value.ToString(CultureInfo.InvariantCulture)) : result;
    }

    public static IHttpResult Unauthorized() => NewResult(HttpStatusCode.Unauthorized);

    public static IHttpResult NewResult(HttpStatusCode statusCode, object body = null) => new HttpResults(statusCode, body);

    public IHttpResult AddHeader(string name, string value)
    {
        var key = name.ToLowerInvariant();
        if (!_headers.TryGetValue(key, out var values))
        {
            _headers[key] = values = [];
        }

        values.Add(value);
        return this;
    }

    public Stream Serialize(HttpResultSerializationOptions options)
    {
        var body = HttpBody.Of(_body, options.Serializer);
        if (!body.IsEmpty && !_headers.ContainsKey(ContentType))
        {
            AddHeader(ContentType, body.ContentType);
        }

        return HttpAnswer.Write(StatusCode, _headers, body, options);
    }

    private static IHttpResult At(string uri, HttpResults result) => uri is null ? result : result.AddHeader("location", uri);
}
