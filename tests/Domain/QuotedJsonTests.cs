using CsCheck;

namespace DataToEvents.Domain.Tests;

public class QuotedJsonTests
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Any_text_is_read_back_as_it_was()
    {
        Gen.OneOf(Gens.Unicode, Gens.PrettyJson).Sample(text =>
        {
            using var document = JsonDocument.Parse(Quoted(text));
            document.RootElement.GetProperty("a").GetString().Should().Be(text);
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("{\"a\":\"\\\\\"}")]
    [InlineData("{\n\"a\":\u00011}")]
    public void What_needs_an_escape_has_one(string text)
    {
        using var document = JsonDocument.Parse(Quoted(text));
        document.RootElement.GetProperty("a").GetString().Should().Be(text);
    }

    private static byte[] Quoted(string text)
    {
        using var bytes = new PooledBytes(16);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteQuotedJson("a"u8, Sample.Utf8(text));
            json.WriteEndObject();
        }

        return bytes.Written.ToArray();
    }
}
