using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

public class StreamFilterTests
{
    [Theory]
    [InlineData("""{"eventName":["INSERT"]}""", "INSERT")]
    [InlineData("""{"eventName":["MODIFY","REMOVE"]}""", "MODIFY REMOVE")]
    [InlineData("""{"dynamodb":{"NewImage":{"value":{"S":[{"prefix":"cha"}]}}}}""", "MODIFY")]
    [InlineData("""{"dynamodb":{"OldImage":{"value":{"S":[{"exists":true}]}}}}""", "MODIFY REMOVE")]
    [InlineData("""{"dynamodb":{"Keys":{"pk":{"S":["b"]}}}}""", "")]
    [InlineData("""{"userIdentity":{"type":["Service"],"principalId":["dynamodb.amazonaws.com"]}}""", "REMOVE")]
    [InlineData("""{"userIdentity":{"type":[{"exists":false}]}}""", "INSERT MODIFY")]
    public async Task A_filter_sees_the_record_that_the_function_would_get(string pattern, string wanted) =>
        (await WantedAsync(pattern)).Should().Be(wanted);

    [Fact]
    public async Task One_of_several_filters_is_enough() =>
        (await WantedAsync("""{"eventName":["INSERT"]}""", """{"eventName":["REMOVE"]}""")).Should().Be("INSERT REMOVE");

    [Fact]
    public void A_filter_that_is_not_a_pattern_is_refused()
    {
        var broken = () => new StreamFilter(["""{"eventName":"INSERT"}"""], new ItemTableOptions { Name = "events" });

        broken.Should().Throw<ServiceException>().WithMessage("*$.eventName*");
    }

    private static async Task<string> WantedAsync(params string[] patterns)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.PutAsync(TableBed.Item("a", "1", "José"));
        await bed.Table.PutAsync(TableBed.Item("a", "1", "changed"));
        await bed.Table.DeleteAsync("a", "1", byTimeToLive: true);
        var filter = new StreamFilter(patterns, bed.Table.Options);
        return string.Join(' ', (await bed.ChangesAsync()).Where(filter.Wants).Select(change => change.EventName));
    }
}
