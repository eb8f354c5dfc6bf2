using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Server;

/// <summary>
/// Which hosts a request may name: an IP address, <c>localhost</c>, or a name below it. A web page of any other site can point its own name at this
/// machine (DNS rebinding). Its requests are then of the same origin as these servers, but they still carry that name as Host.
/// </summary>
internal static class RequestHost
{
    private const string Localhost = "localhost";

    /// <param name="host">The Host header: a name or an address, with or without a port.</param>
    public static bool IsOfThisMachine(string host) => WithoutPort(host) switch
    {
        null => false,
        ['[', .. var address, ']'] => IsAddress(address, AddressFamily.InterNetworkV6),
        var name => IsLocalhost(name) || (name.Count('.') == 3 && IsAddress(name, AddressFamily.InterNetwork)),
    };

    /// <summary>Answers 421 (Misdirected Request) and says which address to use.</summary>
    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"This server answers only requests whose Host is localhost, a name that ends in .localhost, or an IP address. Use http://localhost:{context.Connection.LocalPort} instead.\n"));
    }

    /// <returns>Null when it is neither a name nor a name with a port.</returns>
    private static string? WithoutPort(string host)
    {
        // The colons of an IPv6 address stand in brackets.
        var colon = host.IndexOf(':', host.StartsWith('[') ? Math.Max(0, host.IndexOf(']', StringComparison.Ordinal)) : 0);
        return colon < 0 ? host : host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') ? null : host[..colon];
    }

    private static bool IsAddress(string text, AddressFamily family) => IPAddress.TryParse(text, out var address) && address.AddressFamily == family;

    /// <summary>A dot at the end says that the name is complete; DNS reads it as the same name.</summary>
    private static bool IsLocalhost(string name)
    {
        var labels = name.Split('.');
        var last = labels[^1].Length == 0 ? labels.Length - 2 : labels.Length - 1;
        return last >= 0 && labels[last].Equals(Localhost, StringComparison.OrdinalIgnoreCase) && labels.Take(last).All(static label => label.Length > 0);
    }
}
