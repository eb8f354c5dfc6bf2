using Amazon.Lambda.Serialization.SystemTextJson;

namespace DataToEvents.Standins.Tests.Serialization;

internal sealed class Thing
{
    public string? FirstName { get; set; }

    public byte[]? Bytes { get; set; }

    public string? XAmzId2 { get; set; }

    public JsonElement? Nested { get; set; }
}

[JsonSerializable(typeof(Thing))]
internal sealed partial class ThingContext : JsonSerializerContext;

public sealed class SerializerTests
{
    [Fact]
    public void Names_are_written_as_they_are_and_read_in_any_case()
    {
        var json = new SourceGeneratorLambdaJsonSerializer<ThingContext>();

        Write(json, new Thing { FirstName = "é", XAmzId2 = "x" }).Should().Be("""{"FirstName":"é","x-amz-id-2":"x"}""");
        Read<Thing>(json, """{"FIRSTname":"a"}""").FirstName.Should().Be("a");
    }

    [Fact]
    public void Bytes_are_read_from_base64_and_from_numbers()
    {
        var json = new SourceGeneratorLambdaJsonSerializer<ThingContext>();

        Read<Thing>(json, """{"bytes":"AP8="}""").Bytes.Should().Equal(0, 255);
        Read<Thing>(json, """{"bytes":[0,255]}""").Bytes.Should().Equal(0, 255);
        Write(json, new Thing { Bytes = [0, 255] }).Should().Be("""{"Bytes":[0,255]}""");
    }

    [Fact]
    public void The_customizer_sets_names_and_how_deep_JSON_may_go()
    {
        var deep = $$"""{"nested":{{new string('[', 200)}}{{new string(']', 200)}}}""";
        var shallow = new SourceGeneratorLambdaJsonSerializer<ThingContext>();
        var customized = new SourceGeneratorLambdaJsonSerializer<ThingContext>(options =>
        {
            options.MaxDepth = 256;
            options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        });

        shallow.Invoking(json => Read<Thing>(json, deep)).Should().Throw<JsonSerializerException>();
        Read<Thing>(customized, deep).Nested!.Value.GetArrayLength().Should().Be(1);
        Write(customized, Read<Thing>(customized, deep)).Should().Be(deep);
    }

    [Fact]
    public void A_type_that_the_context_lacks_is_named()
    {
        var json = new SourceGeneratorLambdaJsonSerializer<ThingContext>();

        json.Invoking(it => Write(it, new List<Thing>())).Should().Throw<JsonSerializerException>().WithMessage("*No JsonTypeInfo*ThingContext*List*");
    }

    [Fact]
    public void Streams_of_any_kind_are_read_to_their_end()
    {
        var json = new DefaultLambdaJsonSerializer();
        var part = new MemoryStream(Encoding.UTF8.GetBytes("""xx{"firstName":"a"}"""), 2, 17);
        var written = new MemoryStream();
        written.Write("""{"firstName":"b"}"""u8);
        written.Position = 0;

        json.Deserialize<Thing>(part).FirstName.Should().Be("a");
        json.Deserialize<Thing>(written).FirstName.Should().Be("b");
        written.Position = 0;
        json.Deserialize<Thing>(new BufferedStream(written)).FirstName.Should().Be("b");
    }

    private static T Read<T>(SourceGeneratorLambdaJsonSerializer<ThingContext> json, string text) =>
        json.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static string Write<T>(SourceGeneratorLambdaJsonSerializer<ThingContext> json, T value)
    {
        using var stream = new MemoryStream();
        json.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
