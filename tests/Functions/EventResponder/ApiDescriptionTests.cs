using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using DataToEvents.Adapters.Embedded;
using DataToEvents.Adapters.JsonSchemas;
using DataToEvents.Application.EventResponder;
using DataToEvents.Domain;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;
using DataToEvents.Functions.EventResponder;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace DataToEvents.Functions.Tests.EventResponder;

/// <summary>docs/api/openapi.json says what the code and Terraform do.</summary>
public sealed partial class ApiDescriptionTests : IAsyncLifetime
{
    private static readonly JsonElement Description = JsonDocument.Parse(File.ReadAllText(Path.Combine(FunctionStart.Root(), "docs", "api", "openapi.json"))).RootElement;

    private readonly ILambdaContext _context = Substitute.For<ILambdaContext>();
    private readonly PayloadBytes _payloads = new();
    private readonly Database _database = Database.OpenInMemory();
    private EmbeddedStreamView _view = null!;

    public async Task InitializeAsync()
    {
        _context.RemainingTime.Returns(TimeSpan.FromSeconds(20));
        _view = new EmbeddedStreamView(await ItemTable.OpenAsync(_database, new ItemTableOptions { Name = "view", HasStream = false }, TimeProvider.System), TimeProvider.System);
        for (var number = 0; number < 3; number++)
        {
            await _view.ApplyAsync(DataEvent.Parse(Encoding.UTF8.GetBytes(
                $$"""{"specversion":"1.0","id":"e-{{number}}","source":"urn:datatoevents/order","type":"order","subject":"order-1","time":"2026-11-24T12:00:00Z","datacontenttype":"application/json","dtesequence":"{{number}}","data":{"n":1.0} }""")), $"{number}", default);
        }
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public void Paths_are_the_routes_of_the_function_and_of_Terraform()
    {
        var paths = Description.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).ToList();

        ApiFunction.Routes.Should().BeEquivalentTo(paths);
        var routes = TerraformRoutes().Match(File.ReadAllText(Path.Combine(FunctionStart.Root(), "terraform", "modules", "consumer", "api.tf"))).Groups["routes"].Value;
        routes.Split(',').Select(route => route.Trim().Trim('"')).Should().BeEquivalentTo(paths);
    }

    [Fact]
    public async Task Query_parameters_are_those_that_the_function_reads()
    {
        foreach (var path in Description.GetProperty("paths").EnumerateObject())
        {
            var query = new RecordingQuery();

            await AnswerAsync(path, query);

            query.Asked.Should().BeEquivalentTo(Every(path), "{0} is described with them", path.Name);
        }
    }

    [Fact]
    public async Task Answers_have_the_statuses_and_the_shapes_that_are_described()
    {
        foreach (var path in Description.GetProperty("paths").EnumerateObject())
        {
            // With the examples of the description; then with nothing that is there; then with nothing that makes sense.
            var answers = new[] { await AnswerAsync(path, ExamplesOf(path, "query")), await AnswerAsync(path, new Dictionary<string, string> { ["id"] = "nobody" }, "nobody"), await AnswerAsync(path, new Dictionary<string, string> { ["limit"] = "many" }) };

            answers[0].StatusCode.Should().Be(200, "{0} has examples: {1}", path.Name, answers[0].Body);
            foreach (var answer in answers)
            {
                path.Value.GetProperty("get").GetProperty("responses").TryGetProperty($"{answer.StatusCode}", out var response).Should().BeTrue("{0} answered {1}", path.Name, answer.StatusCode);
                response.GetProperty("content").TryGetProperty(answer.Headers["content-type"], out var content).Should().BeTrue("{0} answered {1}", path.Name, answer.Headers["content-type"]);
                if (content.TryGetProperty("schema", out var schema))
                {
                    SchemaOf(schema).MisfitOf(Encoding.UTF8.GetBytes(answer.Body)).Should().BeNull("{0} answered {1}", path.Name, answer.Body);
                }
            }
        }
    }

    private static IEnumerable<string> Every(JsonProperty path) => Parameters(path).Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!);

    private static IEnumerable<JsonElement> Parameters(JsonProperty path) => path.Value.GetProperty("get").TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Select(parameter => parameter.TryGetProperty("$ref", out var reference) ? Description.GetProperty("components").GetProperty("parameters").GetProperty(reference.GetString()!.Split('/')[^1]) : parameter)
        : [];

    /// <summary>The examples of an operation's parameters. Of a list's ways of asking, only the first.</summary>
    private static Dictionary<string, string> ExamplesOf(JsonProperty path, string place) => Parameters(path)
        .Where(parameter => parameter.GetProperty("in").GetString() == place && parameter.TryGetProperty("example", out _) && (path.Name != "/events" || parameter.GetProperty("name").GetString() == "type"))
        .ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => parameter.GetProperty("example").GetString()!);

    private static CompiledSchema SchemaOf(JsonElement schema)
    {
        var text = $$"""{"$defs":{{Description.GetProperty("components").GetProperty("schemas").GetRawText()}},"$ref":"{{schema.GetProperty("$ref").GetString()}}"}""";
        return CompiledSchema.Read(text.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal), "openapi.json");
    }

    private Task<APIGatewayHttpApiV2ProxyResponse> AnswerAsync(JsonProperty path, IDictionary<string, string> query, string? name = null)
    {
        var parameters = ExamplesOf(path, "path").ToDictionary(parameter => parameter.Key, parameter => name ?? parameter.Value);
        var services = new ServiceCollection().AddEventResponder(new ResponderOptions()).AddSingleton<IStreamView>(_view).AddSingleton<IViewQueries>(_view).AddSingleton<IPayloadReader>(_payloads).BuildServiceProvider();
        return services.GetRequiredService<ApiFunction>().Browse(new APIGatewayHttpApiV2ProxyRequest { RouteKey = $"GET {path.Name}", PathParameters = parameters, QueryStringParameters = query }, _context);
    }

    [GeneratedRegex("""routes = toset\(\[(?<routes>.*)\]\)""")]
    private static partial Regex TerraformRoutes();

    private sealed class PayloadBytes : IPayloadReader
    {
        public Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult<ReadOnlyMemory<byte>?>(name.StartsWith('0') ? new byte[] { 1 } : null);
    }

    /// <summary>A query without parameters that notes which ones it is asked for.</summary>
    private sealed class RecordingQuery : IDictionary<string, string>
    {
        private readonly Dictionary<string, string> _nothing = [];

        public HashSet<string> Asked { get; } = [];

        public ICollection<string> Keys => _nothing.Keys;

        public ICollection<string> Values => _nothing.Values;

        public int Count => 0;

        public bool IsReadOnly => true;

        public string this[string key]
        {
            get => throw new KeyNotFoundException(key);
            set => throw new NotSupportedException();
        }

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
        {
            Asked.Add(key);
            return _nothing.TryGetValue(key, out value);
        }

        public bool ContainsKey(string key) => throw new NotSupportedException();

        public bool Contains(KeyValuePair<string, string> item) => throw new NotSupportedException();

        public void Add(string key, string value) => throw new NotSupportedException();

        public void Add(KeyValuePair<string, string> item) => throw new NotSupportedException();

        public bool Remove(string key) => throw new NotSupportedException();

        public bool Remove(KeyValuePair<string, string> item) => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public void CopyTo(KeyValuePair<string, string>[] array, int arrayIndex) => throw new NotSupportedException();

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _nothing.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
