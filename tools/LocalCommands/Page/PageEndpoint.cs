using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using DataToEvents.Emulator.Http;
using DataToEvents.Local.Signals;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Local.Page;

/// <summary>The page's own endpoint: its files, the path's state as server-sent events, journeys, and what its buttons do.</summary>
internal sealed class PageEndpoint(PathWatch watch, Journey journey, PageFaults faults, SetAsidePlaces setAside, EventLookup lookup, PrometheusText metrics)
{
    private static readonly string Files = Path.Combine(AppContext.BaseDirectory, "page");

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
    };

    public Task AnswerAsync(HttpContext context)
    {
        // No other site may show the page in a frame: it could lay a button of its own over it.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";
        var (request, path) = (context.Request, context.Request.Path.Value!);
        var name = path.StartsWith(EmulatorEndpoint.PagePrefix, StringComparison.Ordinal) ? path[EmulatorEndpoint.PagePrefix.Length..].Trim('/') : "";
        return (request.Method, name) switch
        {
            ("GET", _) when path == EmulatorEndpoint.MetricsPath => MetricsAsync(context),
            ("GET", "") => FileAsync(context, "index.html"),
            ("GET", "state") => StateAsync(context),
            ("GET", "journey") => JourneyAsync(context),
            ("GET", "events") => EventsAsync(context),
            ("POST", "actions") when IsOfThisPage(request) => ActAsync(context),
            ("POST", "faults") when IsOfThisPage(request) => SwitchAsync(context),
            ("GET", _) => FileAsync(context, name),
            _ => ProblemAsync(context, 404, "There is no such thing here."),
        };
    }

    /// <summary>Pages of other sites may not press the buttons. A browser names the origin of a request, and asks before it sends JSON to another origin.</summary>
    private static bool IsOfThisPage(HttpRequest request) =>
        request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true
        && (request.Headers.Origin.Count == 0 || request.Headers.Origin.ToString() == $"http://{request.Host}");

    private static async Task FileAsync(HttpContext context, string name)
    {
        var file = Path.Combine(Files, Path.GetFileName(name));
        if (!Types.TryGetValue(Path.GetExtension(file), out var type) || !File.Exists(file))
        {
            await ProblemAsync(context, 404, $"There is no {name} here.");
            return;
        }

        context.Response.ContentType = type;
        await context.Response.SendFileAsync(file);
    }

    private async Task MetricsAsync(HttpContext context)
    {
        await setAside.CountAsync();
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(metrics.Scrape(), context.RequestAborted);
    }

    private async Task StateAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await SseFormatter.WriteAsync(
            EventsAsync(context.RequestAborted), context.Response.Body,
            static (item, buffer) => JsonSerializer.Serialize(new Utf8JsonWriter(buffer), item.Data, PageJson.Default.PageState), context.RequestAborted);
    }

    private async IAsyncEnumerable<SseItem<PageState>> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var state in watch.StatesAsync(cancellationToken))
        {
            yield return new SseItem<PageState>(state, "state");
        }
    }

    private async Task JourneyAsync(HttpContext context)
    {
        var (stream, id, source) = (context.Request.Query["stream"].ToString(), context.Request.Query["id"].ToString(), context.Request.Query["source"].ToString());
        if (await journey.FollowAsync(stream, id, source) is { } found)
        {
            await JsonAsync(context, 200, found, PageJson.Default.PageJourney);
        }
        else
        {
            await ProblemAsync(context, 404, $"The store has no event {id} of source {source} in stream {stream}.");
        }
    }

    private async Task EventsAsync(HttpContext context)
    {
        var (isFound, answer) = await lookup.FindAsync(context.Request.Query["id"].ToString(), context.Request.Query["stream"].ToString());
        if (!isFound)
        {
            await ProblemAsync(context, 404, answer);
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private async Task ActAsync(HttpContext context)
    {
        var asked = await JsonSerializer.DeserializeAsync(context.Request.Body, PageJson.Default.ActionRequest, context.RequestAborted);
        var (known, outcome) = await setAside.BringBackAsync(asked?.Place ?? "");
        context.Response.StatusCode = known ? 200 : 400;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(outcome);
    }

    private async Task SwitchAsync(HttpContext context)
    {
        var asked = await JsonSerializer.DeserializeAsync(context.Request.Body, PageJson.Default.FaultRequest, context.RequestAborted);
        context.Response.StatusCode = asked is not null && faults.Switch(asked.Id, asked.On) ? 204 : 400;
    }

    private static Task ProblemAsync(HttpContext context, int status, string detail) => JsonAsync(context, status, new PageProblem(detail), PageJson.Default.PageProblem);

    private static async Task JsonAsync<T>(HttpContext context, int status, T answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, type, context.RequestAborted);
    }
}
