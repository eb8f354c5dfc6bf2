using DataToEvents.Commands;
using DataToEvents.Operator.Commands;
using DataToEvents.Recovery.Commands;
using Spectre.Console;

namespace DataToEvents.Operator.Tests.Commands;

public sealed class CatalogCommandTests : IDisposable
{
    private const string Catalog = """{"source":"urn:x","events":[{"type":"noise","match":[{"pointer":"/noise"}],"drop":true},{"type":"a","match":[{"pointer":"/a"}],"stream":"/a","id":"/id","time":"/at"}]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operator-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_sound_catalog_is_said_to_be_so()
    {
        (await RunAsync("catalog", "check", Write("c.json", Catalog))).Should().Be(0);
        _output.ToString().Should().Contain("is sound");
    }

    [Fact]
    public async Task A_broken_catalog_is_one_line_with_line_and_column()
    {
        (await RunAsync("catalog", "check", Write("c.json", "{\"source\":\"s\",\n  \"event\":[]}"))).Should().Be(1);
        _error.ToString().TrimEnd().Should().EndWith("catalog.event: unknown; allowed are source, unclassified, ignoreCase, unpack, events. Line 2, column 3.").And.NotContain("\n");
    }

    [Theory]
    [InlineData("none.json")]
    [InlineData("")]
    public async Task A_catalog_that_is_not_there_is_bad_input(string file)
    {
        (await RunAsync("catalog", "check", file)).Should().Be(2);

        _error.ToString().TrimEnd().Should().Be($"operator: there is no catalog '{file}'; allowed: a file that exists.");
    }

    [Fact]
    public async Task Each_record_says_what_it_is_and_why()
    {
        var records = Write("r.ndjson", string.Join('\n', """{"a":"1","id":"i","at":1767225600}""", """{"noise":1}"""));

        (await RunAsync("catalog", "check", Write("c.json", Catalog), "--input", records)).Should().Be(0);

        Words(1).Should().Equal("1", "a", "urn:x/a", "1", "i", "2026-01-01T00:00:00.000Z", "events[1]");
        _output.ToString().Should().Contain("the catalog drops it").And.Contain("records: 2").And.Contain("events: 1").And.Contain("dropped: 1").And.Contain("unclassified: 0");
    }

    [Theory]
    [InlineData("""{"b":1}""", "no entry of the catalog matches", "unclassified: 1")]
    [InlineData("""{"a":NaN}""", "not JSON: what begins at byte 0", "not_json: 1")]
    [InlineData("""{"a":"1","at":"yesterday"}""", "events[1]; time not usable: its form is not known", "time_unusable: 1")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/s","type":"t","Region":"eu"}""", "No CloudEvent: Region must be a name", "invalid_cloudevents: 1")]
    public async Task What_is_not_understood_is_named_counted_and_exit_code_1(string record, string why, string count)
    {
        (await RunAsync("catalog", "check", Write("c.json", Catalog), "--input", Write("r.ndjson", $"{{\"noise\":1}}\n{record}"))).Should().Be(1);

        _output.ToString().Should().Contain(why).And.Contain(count);
    }

    [Fact]
    public async Task For_machines_it_is_one_object()
    {
        await RunAsync("catalog", "check", Write("c.json", Catalog), "--input", Write("r.ndjson", """{"a":"1"}"""), "--json");

        var answer = JsonDocument.Parse(_output.ToString()).RootElement;
        answer.GetProperty("events").GetInt64().Should().Be(1);
        answer.GetProperty("list")[0].GetProperty("stream").GetString().Should().Be("1");
    }

    [Theory]
    [InlineData("\"type\":\"a\"", "\"type\":\"b\"", "breaks: type a is gone", 1)]
    [InlineData("\"stream\":\"/a\"", "\"stream\":\"/b\"", "breaks: type a: its stream is no longer /a, but /b", 1)]
    [InlineData("\"stream\":\"/a\"", "\"stream\":\"/a\",\"streamPrefix\":\"p-\"", "breaks: type a: its stream is no longer /a, but p- /a", 1)]
    [InlineData("\"id\":\"/id\"", "\"id\":[\"/id\",\"/b\"]", "breaks: type a: its id is no longer /id", 1)]
    [InlineData("\"id\":\"/id\"", "\"id\":\"/id\",\"sequence\":\"/v\"", "breaks: type a: its sequence is no longer none, but /v", 1)]
    [InlineData("\"urn:x\"", "\"urn:y\"", "breaks: source was urn:x and is urn:y", 1)]
    [InlineData("\"stream\":\"/a\",\"id\":\"/id\",\"time\":\"/at\"", "\"drop\":true", "breaks: type a is gone", 1)]
    [InlineData("\"time\":\"/at\"", "\"time\":\"/b\"", "Nothing changes for consumers.", 0)]
    [InlineData("\"events\":[", "\"events\":[{\"type\":\"n\",\"match\":[{\"pointer\":\"/n\"}],\"stream\":\"/n\"},", "harmless: type n is new", 0)]
    public async Task A_diff_says_what_breaks_a_consumer(string old, string @new, string said, int exitCode)
    {
        var (before, after) = (Write("old.json", Catalog), Write("new.json", Catalog.Replace(old, @new, StringComparison.Ordinal)));

        (await RunAsync("catalog", "diff", before, after)).Should().Be(exitCode);
        _output.ToString().Should().Contain(said);
    }

    [Theory]
    [InlineData("""{"required":["a"]}""", """{"required":["a","b"]}""", "/required: b is required now")]
    [InlineData("""{"type":["string","number"]}""", """{"type":"string"}""", "/type: number not allowed any more")]
    [InlineData("""{"type":"number"}""", """{"type":"integer"}""", "/type: number not allowed any more")]
    [InlineData("""{"properties":{"a":{"enum":["x","y"]}}}""", """{"properties":{"a":{"enum":["x","z"]}}}""", "/properties/a/enum: \"y\" not allowed any more")]
    [InlineData("""{"properties":{"a":{}}}""", """{"properties":{"a":{"const":1}}}""", "/properties/a/enum: only certain values are allowed now")]
    [InlineData("""{"properties":{"a":true}}""", """{"properties":{"a":true},"additionalProperties":false}""", "/additionalProperties: other properties are not allowed any more")]
    [InlineData("""{"properties":{"a":true,"b":true},"additionalProperties":false}""", """{"properties":{"a":true},"additionalProperties":false}""", "/properties/b: nothing is allowed any more")]
    [InlineData("""{"minimum":1}""", """{"minimum":2}""", "/minimum: was 1, is 2")]
    [InlineData("""{"maxLength":10}""", """{"maxLength":5}""", "/maxLength: was 10, is 5")]
    [InlineData("""{"items":{}}""", """{"items":{"maxItems":3}}""", "/items/maxItems: was free, is 3")]
    [InlineData("""{"multipleOf":4}""", """{"multipleOf":3}""", "/multipleOf: was 4, is 3")]
    [InlineData("""{"items":{"$ref":"#/$defs/a"},"$defs":{"a":{"type":"number"}}}""", """{"items":{"$ref":"#/$defs/b"},"$defs":{"b":{"type":"string"}}}""", "/items/type: number not allowed any more")]
    [InlineData("""{"pattern":"^a"}""", """{"pattern":"^b"}""", "/pattern: is another, and may allow less")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"dependentRequired":{"a":["b","c"]}}""", "/dependentRequired/a: c is required now")]
    [InlineData("""{"type":"object"}""", """{"allOf":[{"type":"object"},{"required":["a"]}]}""", "/allOf/1/required: a is required now")]
    [InlineData(null, """{"type":"object"}""", "/type: was any, is object")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":{"type":"number"}}""", """{"properties":{"a":true,"b":{"type":"string"}}}""", "/properties/b/type: number not allowed any more")]
    public async Task A_schema_that_is_narrower_breaks_consumers(string? old, string @new, string place)
    {
        var (before, after) = (WriteWithSchema("old", old), WriteWithSchema("new", @new));

        (await RunAsync("catalog", "diff", before, after)).Should().Be(1, "what it said is {0}", _output);
        _output.ToString().Should().Contain($"breaks: type a: its schema is narrower: {place}");
    }

    [Theory]
    [InlineData("""{"required":["a","b"]}""", """{"required":["a"]}""")]
    [InlineData("""{"type":"integer"}""", """{"type":"number"}""")]
    [InlineData("""{"enum":["x"]}""", """{"enum":["x","y"],"description":"more"}""")]
    [InlineData("""{"const":1}""", """{"type":"integer"}""")]
    [InlineData("""{"additionalProperties":false,"properties":{"a":{"type":"string"}}}""", """{"properties":{"a":{"type":["string","null"]}}}""")]
    [InlineData("""{"minimum":1,"maximum":5,"multipleOf":4}""", """{"minimum":0,"maximum":6,"multipleOf":2}""")]
    [InlineData("""{"$id":"https://example.com/1","items":{"$ref":"#"}}""", """{"$id":"https://example.com/2","items":{"$ref":"#"}}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"number"}]}""", """{"anyOf":[{"type":"string"},{"type":"number"}]}""")]
    [InlineData("""{"properties":{"a":{}}}""", """{"properties":{"a":{},"b":{"type":"string"}}}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"l":{"$ref":"#/$defs/a"},"r":{"$ref":"#/$defs/a"}}}}}""", """{"$ref":"#/$defs/a","$defs":{"a":{"properties":{"l":{"$ref":"#/$defs/a"},"r":{"$ref":"#/$defs/a"}}}}}""")]
    [InlineData("""{"type":"string"}""", null)]
    [InlineData(null, "{}")]
    public async Task A_schema_that_lets_all_through_that_fitted_breaks_nobody(string? old, string? @new)
    {
        (await RunAsync("catalog", "diff", WriteWithSchema("old", old), WriteWithSchema("new", @new))).Should().Be(0, "what it said is {0}", _output);
    }

    [Theory]
    [InlineData("mark", "fail", 1)]
    [InlineData("fail", "mark", 0)]
    public async Task Misfits_that_are_not_marked_any_more_are_missed(string old, string @new, int exitCode)
    {
        (await RunAsync("catalog", "diff", WriteWithSchema("old", "{}", old), WriteWithSchema("new", "{}", @new))).Should().Be(exitCode);
    }

    [Fact]
    public async Task A_schema_that_is_not_there_is_bad_input()
    {
        var old = WriteWithSchema("old", "{}");
        File.Delete(Path.Combine(_folder.FullName, "old", "a.schema.json"));

        (await RunAsync("catalog", "diff", old, WriteWithSchema("new", "{}"))).Should().Be(2);
        _error.ToString().TrimEnd().Should().Contain("a.schema.json").And.NotContain("\n");
    }

    private string WriteWithSchema(string folder, string? schema, string invalid = "fail")
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, folder));
        if (schema is null)
        {
            return Write(Path.Combine(folder, "c.json"), Catalog);
        }

        Write(Path.Combine(folder, "a.schema.json"), schema);
        return Write(Path.Combine(folder, "c.json"), Catalog.Replace("\"time\":\"/at\"", $"\"schema\":\"a.schema.json\",\"invalid\":\"{invalid}\"", StringComparison.Ordinal));
    }

    private string[] Words(int line) => _output.ToString().Split('\n')[line].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private string Write(string name, string content)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, content);
        return file;
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(TextWriter.Null) });
        var terminal = new Terminal("operator", screen, _output, _error, TimeProvider.System, new Random(1));
        return OperatorCommandLine.RunAsync(arguments, terminal, runner => [CatalogCommand.Create(runner)]);
    }
}
