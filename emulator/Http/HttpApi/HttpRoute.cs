namespace DataToEvents.Emulator.Http.HttpApi;

/// <summary>A route of an HTTP API, such as <c>GET /streams/{id}</c>, <c>ANY /files/{proxy+}</c> or <c>$default</c>.</summary>
public sealed class HttpRoute
{
    private const string Default = "$default";

    private readonly string _method;
    private readonly string[] _segments;

    /// <exception cref="ArgumentException">The key does not have one of these forms.</exception>
    public HttpRoute(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Key = key;
        if (key == Default)
        {
            (_method, _segments) = ("ANY", ["{+}"]);
            return;
        }

        var parts = key.Split(' ');
        if (parts.Length != 2 || !parts[1].StartsWith('/'))
        {
            throw new ArgumentException($"'{key}' is no route: it has to look like 'GET /streams/{{id}}'.", nameof(key));
        }

        (_method, _segments) = (parts[0], Split(parts[1]));
    }

    public string Key { get; }

    /// <summary>The order in which routes are tried. As with API Gateway, full matches come before parameters, those before greedy ones, those before the default; and a method comes before ANY.</summary>
    internal int Rank =>
        (Key == Default ? 8 : _segments.Any(IsGreedy) ? 4 : _segments.Any(IsParameter) ? 2 : 0) + (_method == "ANY" ? 1 : 0);

    internal static string[] Split(string path) => path.TrimStart('/').Split('/');

    /// <returns>The path's parameters, unescaped; null when the route does not match.</returns>
    internal Dictionary<string, string>? Match(string method, string[] path)
    {
        if (_method != "ANY" && _method != method)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>();
        for (var i = 0; i < _segments.Length; i++)
        {
            var segment = _segments[i];
            if (IsGreedy(segment) && i < path.Length)
            {
                parameters[segment[1..^2]] = Uri.UnescapeDataString(string.Join('/', path[i..]));
                return Named(parameters);
            }

            if (i >= path.Length || !Matches(segment, Uri.UnescapeDataString(path[i]), parameters))
            {
                return null;
            }
        }

        return path.Length == _segments.Length ? parameters : null;
    }

    private static bool Matches(string segment, string value, Dictionary<string, string> parameters)
    {
        if (!IsParameter(segment))
        {
            return segment == value;
        }

        parameters[segment[1..^1]] = value;
        return value.Length > 0;
    }

    private static bool IsParameter(string segment) => segment.StartsWith('{');

    private static bool IsGreedy(string segment) => segment.EndsWith("+}", StringComparison.Ordinal);

    private static Dictionary<string, string> Named(Dictionary<string, string> parameters)
    {
        parameters.Remove("");
        return parameters;
    }
}
