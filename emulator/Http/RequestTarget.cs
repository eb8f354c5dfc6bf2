using Microsoft.AspNetCore.Http.Features;

namespace DataToEvents.Emulator.Http;

/// <summary>A request's target as the client sent it: ASP.NET's own path is unescaped, so that an escaped slash or dot is lost.</summary>
/// <param name="Path">The path with its first slash, still escaped.</param>
/// <param name="Query">The query without its question mark, still escaped; empty if there is none.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    public static RequestTarget Of(HttpContext context)
    {
        var parts = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        return new RequestTarget(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    /// <summary>The target without a prefix that its path begins with.</summary>
    public RequestTarget Below(string prefix) => this with { Path = Path.Length > prefix.Length ? Path[prefix.Length..] : "/" };
}
