using CsCheck;

namespace DataToEvents.Domain.Tests.Envelope;

public sealed class PayloadTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("1.0")]
    [InlineData("-0")]
    [InlineData("1e400")]
    [InlineData("123456789012345678901234567890.12345678901234567890")]
    [InlineData("\"José\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\u00e9\\/\"")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"z\":null,\"a\":{\"b\":null}}")]
    [InlineData("{ \"a\" : [ 1 , 2 ] }")]
    [InlineData("{\"a\":\"<>&'+\u2028\"}")]
    [InlineData("{\"\":\"\"}")]
    public void JSON_stands_in_data_just_as_it_was_sent(string record)
    {
        var read = Sample.Event("\r\n " + record + "\t\n");

        Sample.Text(read.Payload()).Should().Be(record);
        read.ContentType.Should().Be("application/json");
        Sample.Text(read.Envelope).Should().EndWith($"\"data\":{record}}}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("hello\nworld\r\n\u0000\u001f\"\\")]
    [InlineData("\ufeff{\"a\":1,}")]
    [InlineData("\ufffe \uffff")]
    [InlineData("{\"a\":1,}")]
    [InlineData("NaN")]
    [InlineData("01")]
    [InlineData("{} {} x")]
    [InlineData("// no\n1")]
    public void Other_text_stands_in_data_as_a_string(string record)
    {
        var read = Sample.Event(record);

        Sample.Text(read.Payload()).Should().Be(record);
        read.ContentType.Should().Be("text/plain");
        Member(read, "data").GetString().Should().Be(record);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { (byte)'"', 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'{', 0xC0, 0xAF, (byte)'}' })]
    public void What_is_no_UTF8_stands_in_data_base64(byte[] record)
    {
        var read = Sample.Event(record);

        read.Payload().Should().Equal(record);
        read.ContentType.Should().Be("application/octet-stream");
        Member(read, "data_base64").GetBytesFromBase64().Should().Equal(record);
    }

    [Theory]
    [InlineData("{\n  \"a\": 1\n}")]
    [InlineData("[1,\r2]")]
    [InlineData("\"\ufffe\"")]
    [InlineData("{\"\uffff\":1}")]
    public void JSON_that_some_hop_cannot_carry_verbatim_stands_in_data_base64_and_still_says_that_it_is_JSON(string record)
    {
        var read = Sample.Event(record);

        Sample.Text(read.Payload()).Should().Be(record);
        read.ContentType.Should().Be("application/json");
        Sample.Text(Member(read, "data_base64").GetBytesFromBase64()).Should().Be(record);
    }

    [Theory]
    [InlineData(990, "data")]
    [InlineData(991, "data_base64")]
    [InlineData(1_000, "data_base64")]
    [InlineData(100_000, "data_base64")]
    public void Nesting_beyond_what_the_bus_takes_stands_in_data_base64(int levels, string member)
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var record = $"{string.Concat(Enumerable.Repeat(open, levels))}1{string.Concat(Enumerable.Repeat(close, levels))}";

            Sample.Text(Sample.Event(record).Payload()).Should().Be(record);
            Member(Sample.Event(record), member).ValueKind.Should().NotBe(JsonValueKind.Null);
            Sample.Text(Sample.Event(Sample.CloudEvent($"\"data\":{record}")).Payload()).Should().Be(record);
            Member(Sample.Event(Sample.CloudEvent($"\"data\":{record}")), member).ValueKind.Should().NotBe(JsonValueKind.Null);
        }
    }

    [Theory]
    [InlineData("9223372036854775807", "data")]
    [InlineData("-9223372036854775808", "data")]
    [InlineData("1234567890123456789012.0", "data")]
    [InlineData("1234567890123456789012e3", "data")]
    [InlineData("\"18446744073709551616\"", "data")]
    [InlineData("9223372036854775808", "data_base64")]
    [InlineData("-9223372036854775809", "data_base64")]
    [InlineData("18446744073709551616", "data_base64")]
    [InlineData("-340282366920938463463374607431768211455", "data_base64")]
    public void An_integer_that_the_bus_does_not_take_stands_in_data_base64_wherever_it_is(string number, string member)
    {
        foreach (var record in new[] { number, $"[{number}]", $"{{\"orderId\":\"1\",\"v\":{number}}}", $"{{\"orderId\":{number}}}", $"{{\"a\":[1,{{\"b\":[{number},2]}}]}}" })
        {
            foreach (var read in new[] { Sample.Event(record), Sample.Event(Sample.CloudEvent($"\"data\":{record}")) })
            {
                Sample.Text(read.Payload()).Should().Be(record);
                Sample.Text(read.Envelope).Should().Contain($"\"{member}\":", record);
            }
        }
    }

    [Fact]
    public void Records_of_900_KiB_survive()
    {
        const int Size = 900 * 1024;
        byte[][] records = [Sample.Utf8($"\"{new string('é', Size / 2)}\""), Sample.Utf8(new string('x', Size)), [.. Enumerable.Repeat((byte)0xFF, Size)]];

        foreach (var record in records)
        {
            Sample.Event(record).Payload().Should().BeEquivalentTo(record, options => options.WithStrictOrdering().ComparingByValue<byte[]>().Using<byte[]>(
                context => context.Subject.AsSpan().SequenceEqual(context.Expectation).Should().BeTrue()).WhenTypeIs<byte[]>());
        }
    }

    [Fact]
    public void Payload_in_is_payload_out_for_any_text() => Gens.Unicode.Sample(text => Survives(Sample.Utf8(text)), iter: 2_000);

    [Fact]
    public void Payload_in_is_payload_out_for_any_bytes() => Gen.Byte.Array[0, 200].Sample(Survives, iter: 2_000);

    [Fact]
    public void Payload_in_is_payload_out_for_any_JSON() =>
        Gen.Select(Gen.OneOf(Gens.Json, Gens.PrettyJson), Gen.OneOf("", " ", "\n", "\r\n", "\t "), Gen.OneOf("", " ", "\n", "\r\n"))
            .Sample((json, before, after) => Sample.Text(Sample.Event(before + json + after).Payload()) == json, iter: 2_000);

    [Fact]
    public void Payload_in_is_payload_out_for_any_JSON_in_a_CloudEvent() =>
        Gen.OneOf(Gens.Json, Gens.PrettyJson).Sample(json => Sample.Text(Sample.Event(Sample.CloudEvent($"\"data\" : {json} ")).Payload()) == json);

    [Fact]
    public void Payload_in_is_payload_out_for_any_bytes_in_a_CloudEvent() =>
        Gen.Byte.Array[0, 50].Sample(bytes => Sample.Event(Sample.CloudEvent($"\"data_base64\":\"{Convert.ToBase64String(bytes)}\"")).Payload().AsSpan().SequenceEqual(bytes));

    /// <summary>For each record: the payload of JSON is its text without the white space around it, and documents in one record are lines.</summary>
    private static bool Survives(byte[] record)
    {
        var payloads = Sample.Events(record).Select(read => read.Payload()!).ToArray();
        return payloads is [var whole] && (whole.AsSpan().SequenceEqual(record) || whole.AsSpan().SequenceEqual(record.AsSpan().Trim(" \t\r\n"u8)))
            || string.Join('|', payloads.Select(Convert.ToHexString)) == string.Join('|', Encoding.Latin1.GetString(record).Split('\n').Select(line => line.Trim(' ', '\t', '\r')).Where(line => line.Length > 0).Select(line => Convert.ToHexString(Encoding.Latin1.GetBytes(line))));
    }

    private static JsonElement Member(DataEvent read, string name) =>
        JsonDocument.Parse(read.Envelope, new JsonDocumentOptions { MaxDepth = 2_000 }).RootElement.GetProperty(name);
}
