using System.Net.Sockets;

namespace DataToEvents.Emulator.Server;

/// <summary>
/// The hosts that a request may name: an IP address, <c>localhost</c>, a name that ends in <c>.localhost</c>, or a name that the server's owner allows. This protects from DNS rebinding: a web site can
/// let its own name point to this machine, so that its pages may call these servers. Such a request still has that name as its Host.
/// </summary>
internal static class RequestHost
{
    private const string Localhost = "localhost";

    /// <summary>Whether the Host header of a request names this machine.</summary>
    /// <param name="host">A name or an address, with or without a port.</param>
    /// <param name="allowed">Further names that are allowed.</param>
    public static bool IsOfThisMachine(string host, IReadOnlyCollection<string>? allowed = null) => WithoutPort(host) switch
    {
        null => false,
        ['[', .. var address, ']'] => IsAddress(address, AddressFamily.InterNetworkV6),
        var name when allowed?.Contains(name, StringComparer.OrdinalIgnoreCase) == true => true,
        var name => IsLocalhost(name) || (name.Count('.') == 3 && IsAddress(name, AddressFamily.InterNetwork)),
    };

    /// <summary>Answers 421 (Misdirected Request) and names the address to use.</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"This server answers only requests whose Host is localhost, a name that ends in .localhost, or an IP address. Use http://localhost:{context.Connection.LocalPort} instead.\n"));
    }

    /// <returns>The name or address; null when the text is malformed.</returns>
    private static string? WithoutPort(string host)
    {
        // The colons of an IPv6 address are inside brackets.
        var colon = host.IndexOf(':', host.StartsWith('[') ? Math.Max(0, host.IndexOf(']', StringComparison.Ordinal)) : 0);
        return colon < 0 ? host : host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') ? null : host[..colon];
    }

    private static bool IsAddress(string text, AddressFamily family) => IPAddress.TryParse(text, out var address) && address.AddressFamily == family;

    /// <summary>Whether a name is <c>localhost</c> or ends in <c>.localhost</c>, with or without a dot at its end.</summary>
    private static bool IsLocalhost(string name)
    {
        var labels = name.Split('.');
        var last = labels[^1].Length == 0 ? labels.Length - 2 : labels.Length - 1;
        return last >= 0 && labels[last].Equals(Localhost, StringComparison.OrdinalIgnoreCase) && labels.Take(last).All(static label => label.Length > 0);
    }
}
