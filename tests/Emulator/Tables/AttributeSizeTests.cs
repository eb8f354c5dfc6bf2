using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Tests.Tables;

/// <summary>The sizes are those of the DynamoDB developer guide, "DynamoDB item sizes and formats".</summary>
public class AttributeSizeTests
{
    [Theory]
    [InlineData("""{"S":""}""", 0)]
    [InlineData("""{"S":"abc"}""", 3)]
    [InlineData("""{"S":"é"}""", 2)]
    [InlineData("""{"S":"\u00e9\n"}""", 3)]
    [InlineData("""{"N":"0"}""", 1)]
    [InlineData("""{"N":"1"}""", 2)]
    [InlineData("""{"N":"-1"}""", 3)]
    [InlineData("""{"N":"+12"}""", 2)]
    [InlineData("""{"N":"100"}""", 2)]
    [InlineData("""{"N":"0.001"}""", 2)]
    [InlineData("""{"N":"12.345"}""", 4)]
    [InlineData("""{"N":"-1.50e3"}""", 3)]
    [InlineData("""{"N":"15E12"}""", 2)]
    [InlineData("""{"B":"AAEqQQ=="}""", 4)]
    [InlineData("""{"BOOL":true}""", 1)]
    [InlineData("""{"BOOL":false}""", 1)]
    [InlineData("""{"NULL":true}""", 1)]
    [InlineData("""{"SS":["a","bc"]}""", 3)]
    [InlineData("""{"NS":["1","-1"]}""", 5)]
    [InlineData("""{"BS":["AA==","AAA="]}""", 3)]
    [InlineData("""{"L":[]}""", 3)]
    [InlineData("""{"L":[{"S":"x"},{"N":"1"}]}""", 8)]
    [InlineData("""{"M":{}}""", 3)]
    [InlineData("""{"M":{"ab":{"S":"x"},"c":{"NULL":true}}}""", 10)]
    [InlineData("""{"L":[{"L":[]},{"M":{"a":{"L":[{"S":"xyz"}]}}}]}""", 20)]
    public void The_bytes_of_a_value_are_counted_as_DynamoDB_counts_them(string value, int bytes) => SizeOf(value).Should().Be(bytes);

    [Theory]
    [InlineData("""{"S":1}""")]
    [InlineData("""{"N":1}""")]
    [InlineData("""{"B":1}""")]
    [InlineData("""{"BOOL":"true"}""")]
    [InlineData("""{"NULL":false}""")]
    [InlineData("""{"SS":"a"}""")]
    [InlineData("""{"SS":["a",1]}""")]
    [InlineData("""{"NS":{"0":"1"}}""")]
    [InlineData("""{"L":{"a":{"S":"x"}}}""")]
    [InlineData("""{"L":["x"]}""")]
    [InlineData("""{"M":[{"S":"x"}]}""")]
    [InlineData("""{"M":{"a":"x"}}""")]
    [InlineData("""{"N":"1e999"}""")]
    [InlineData("""{"N":""}""")]
    [InlineData("""{"S":"a","S":"b"}""")]
    [InlineData("{}")]
    [InlineData("\"a\"")]
    public void An_invalid_value_is_refused(string value) =>
        FluentActions.Invoking(() => SizeOf(value)).Should().Throw<ServiceException>().Which.Code.Should().Be("ValidationException");

    [Theory]
    [InlineData("""{"B":"***"}""")]
    [InlineData("""{"BS":["***"]}""")]
    [InlineData("""{"X":"a"}""")]
    public void A_value_that_cannot_be_read_is_a_serialization_error(string value) =>
        FluentActions.Invoking(() => SizeOf(value)).Should().Throw<ServiceException>().Which.Code.Should().Be("SerializationException");

    private static int SizeOf(string value)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""{"name":{{value}}}"""));
        reader.Read();
        reader.Read();
        var edits = default(NumberEdits);
        return AttributeSize.OfValue(ref reader, ref edits);
    }
}
