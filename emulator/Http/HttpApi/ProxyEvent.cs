using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Http.HttpApi;

/// <summary>A request as the event of API Gateway's payload format 2.0.</summary>
internal sealed class ProxyEvent(
    HttpContext context,
    HttpApiOptions options,
    HttpRoute route,
    HttpApiEndpoint.Target target,
    IReadOnlyDictionary<string, string> pathParameters,
    ReadOnlyMemory<byte> body,
    DateTimeOffset now)
{
    private readonly HttpRequest _request = context.Request;

    public void Write(IBufferWriter<byte> payload)
    {
        using var json = new Utf8JsonWriter(payload);
        json.WriteStartObject();
        json.WriteString("version", "2.0");
        json.WriteString("routeKey", route.Key);
        json.WriteString("rawPath", target.Path);
        json.WriteString("rawQueryString", target.Query);
        WriteCookies(json);
        WriteMap(json, "headers", _request.Headers
            .Where(header => !header.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(',', header.Value.ToArray()))));
        WriteMap(json, "queryStringParameters", _request.Query
            .Select(parameter => KeyValuePair.Create(parameter.Key, string.Join(',', parameter.Value.ToArray()))));
        WriteContext(json);
        WriteMap(json, "pathParameters", pathParameters);
        WriteBody(json);
        json.WriteEndObject();
    }

    private void WriteContext(Utf8JsonWriter json)
    {
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", options.Account);
        json.WriteString("apiId", options.ApiId);
        json.WriteString("domainName", _request.Host.Value);
        json.WriteString("domainPrefix", _request.Host.Host.Split('.')[0]);
        json.WriteStartObject("http");
        json.WriteString("method", _request.Method);
        json.WriteString("path", target.Path);
        json.WriteString("protocol", _request.Protocol);
        json.WriteString("sourceIp", context.Connection.RemoteIpAddress?.ToString());
        json.WriteString("userAgent", _request.Headers.UserAgent.ToString());
        json.WriteEndObject();
        json.WriteString("requestId", context.TraceIdentifier);
        json.WriteString("routeKey", route.Key);
        json.WriteString("stage", "$default");
        json.WriteString("time", now.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture));
        json.WriteNumber("timeEpoch", now.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private void WriteCookies(Utf8JsonWriter json)
    {
        if (_request.Headers.Cookie.Count == 0)
        {
            return;
        }

        json.WriteStartArray("cookies");
        foreach (var cookie in _request.Headers.Cookie.ToString().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            json.WriteStringValue(cookie);
        }

        json.WriteEndArray();
    }

    private void WriteBody(Utf8JsonWriter json)
    {
        // API Gateway goes by the content type; what is no text would not survive in a JSON string, whatever it calls itself.
        var isText = Utf8.IsValid(body.Span);
        if (body.Length > 0 && isText)
        {
            json.WriteString("body", body.Span);
        }
        else if (body.Length > 0)
        {
            json.WriteBase64String("body", body.Span);
        }

        json.WriteBoolean("isBase64Encoded", !isText);
    }

    /// <summary>API Gateway leaves a map out that has nothing in it.</summary>
    private static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> entries)
    {
        var isOpen = false;
        foreach (var (key, value) in entries)
        {
            if (!isOpen)
            {
                json.WriteStartObject(name);
                isOpen = true;
            }

            json.WriteString(key, value);
        }

        if (isOpen)
        {
            json.WriteEndObject();
        }
    }
}
