using System.Xml.Linq;
using DataToEvents.Emulator.Http;

namespace DataToEvents.Emulator.Tests.Http.S3;

/// <summary>One bucket behind an endpoint, and requests to it.</summary>
public abstract class S3TestBase : IAsyncLifetime
{
    protected const string Xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    private HttpClient _http = null!;

    private protected TestEndpoint Endpoint { get; private set; } = null!;

    protected HttpClient Http => _http;

    /// <summary>The permissions; null allows everything to everybody.</summary>
    protected virtual ICallPolicy? Policy => null;

    public virtual async Task InitializeAsync()
    {
        Endpoint = await TestEndpoint.StartAsync(Policy);
        // Some headers of tests are not ASCII.
        _http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 }) { BaseAddress = new Uri(Endpoint.Url) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await Endpoint.DisposeAsync();
    }

    private protected Task<EndpointResponse> AskAsync(string method, string target, params (string Name, string Value)[] headers) => AskAsync(method, target, "content", headers);

    private protected Task<EndpointResponse> AskAsync(string method, string target, string body, params (string Name, string Value)[] headers) =>
        AskAsync(method, target, Encoding.UTF8.GetBytes(body), headers);

    private protected async Task<EndpointResponse> AskAsync(string method, string target, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"lake-bucket/{target}");
        if (method is "PUT" or "POST")
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, value) in headers)
        {
            (request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value)).Should().BeTrue();
        }

        return await EndpointResponse.ToAsync(_http, request);
    }

    protected async Task<string?> StoredAsync(string key) => await Endpoint.Objects.GetAsync(key) is { } body ? Encoding.UTF8.GetString(body) : null;

    private protected static string Told(EndpointResponse answer) => $"{answer.Status} {Between(answer.Body, "<Code>", "</Code>")}: {Between(answer.Body, "<Message>", "</Message>")}";

    /// <summary>Status and members of an error, without its message and its request.</summary>
    private protected static string Error(EndpointResponse answer) => $"{answer.Status} " + string.Join(", ", XElement.Parse(answer.Body).Elements()
        .Where(static member => member.Name != "Message" && member.Name != "RequestId")
        .Select(static member => member.Name == "Code" ? member.Value : $"{member.Name}={member.Value}"));

    /// <summary>The members of a result, without its name and names that XML adds.</summary>
    private protected static string Members(EndpointResponse answer) => $"{answer.Status} {Members(XElement.Parse(answer.Body))}";

    private protected static string Member(EndpointResponse answer, string name) => XElement.Parse(answer.Body).Descendants().First(element => element.Name.LocalName == name).Value;

    private static string Members(XElement element) => string.Join(", ", element.Elements()
        .Where(static member => member.Name.LocalName is not ("Owner" or "Initiator" or "LastModified" or "Initiated" or "StorageClass"))
        .Select(static member => member.HasElements ? $"{member.Name.LocalName}({Members(member)})" : $"{member.Name.LocalName}={member.Value}"));

    private static string Between(string text, string start, string end) => text.Split(start) is [_, var rest] ? rest.Split(end)[0] : text;
}
