using System.Buffers;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;
using Amazon.Util;

namespace AwsJson;

/// <summary>Writes the request and reads the response of one operation, for the pipeline of AWSSDK.Core.</summary>
internal sealed class JsonOperation<TRequest, TResponse> : JsonResponseUnmarshaller, IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonService _service;
    private readonly string _name;
    private readonly Action<Utf8JsonWriter, TRequest> _write;
    private readonly PropertyReader<TResponse> _read;

    public JsonOperation(JsonService service, string name, Action<Utf8JsonWriter, TRequest> write, PropertyReader<TResponse> read)
    {
        _service = service;
        _name = name;
        _write = write;
        _read = read;
        Options = new InvokeOptions { RequestMarshaller = this, ResponseUnmarshaller = this };
    }

    public InvokeOptions Options { get; }

    /// <summary>Method and path of an operation of a REST service; null for those that the header X-Amz-Target tells apart.</summary>
    public Func<TRequest, RestTarget> Target { get; init; }

    public IRequest Marshall(AmazonWebServiceRequest input) => Target is null ? ByHeader(input) : ByPath(input, Target((TRequest)input));

    private byte[] Body(AmazonWebServiceRequest input)
    {
        var json = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(json, WriterOptions))
        {
            writer.WriteStartObject();
            _write(writer, (TRequest)input);
            writer.WriteEndObject();
        }

        return json.WrittenSpan.ToArray();
    }

    private DefaultRequest ByPath(AmazonWebServiceRequest input, RestTarget target)
    {
        var request = new DefaultRequest(input, _service.Name) { HttpMethod = target.Method, ResourcePath = target.Path, UseQueryString = true };
        foreach (var (name, value) in target.Query)
        {
            request.Parameters[name] = value;
        }

        if (target.Method is "PUT" or "POST")
        {
            request.Content = Body(input);
            request.UseQueryString = false;
            request.Headers["Content-Type"] = _service.ContentType;
        }

        request.Headers[HeaderKeys.XAmzApiVersion] = _service.ApiVersion;
        return request;
    }

    private DefaultRequest ByHeader(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, _service.Name)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = Body(input),
        };
        request.Headers["X-Amz-Target"] = $"{_service.TargetPrefix}.{_name}";
        request.Headers["Content-Type"] = _service.ContentType;
        request.Headers[HeaderKeys.XAmzApiVersion] = _service.ApiVersion;
        return request;
    }

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        using var body = new MemoryStream();
        input.Stream.CopyTo(body);
        if (body.Length == 0)
        {
            return new TResponse();
        }

        var reader = new Utf8JsonReader(body.GetBuffer().AsSpan(0, (int)body.Length));
        reader.Read();
        return reader.ReadObject(_read);
    }

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var reader = new StreamingUtf8JsonReader(input.Stream);
        var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return _service.ToException(error);
    }
}
