using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

/// <summary>The bounds are those of the Lambda API reference, "CreateEventSourceMapping".</summary>
public class StreamEventSourceSettingsTests
{
    [Theory]
    [InlineData("BatchSize", 1, 10_000)]
    [InlineData("ParallelizationFactor", 1, 10)]
    [InlineData("MaximumRetryAttempts", -1, 10_000)]
    [InlineData("MaximumBatchingWindow", 0, 300)]
    [InlineData("MaximumRecordAge", 60, 604_800)]
    public async Task A_setting_has_its_bounds(string name, int least, int most)
    {
        await using var bed = await TableBed.OpenAsync();

        foreach (var (value, taken) in new[] { (least - 1, false), (least, true), (most, true), (most + 1, false) })
        {
            var open = () => StreamEventSource.OpenAsync(bed.Database, bed.Table, new FakeFunction(_ => ""), With(name, value), null, bed.Time, new Random(1));
            if (taken)
            {
                await open.Should().NotThrowAsync();
            }
            else
            {
                (await open.Should().ThrowAsync<ServiceException>()).Which.Code.Should().Be("InvalidParameterValueException");
            }
        }
    }

    [Fact]
    public void The_defaults_are_Lambdas()
    {
        var defaults = new StreamEventSourceOptions { Id = "mapping" };

        (defaults.BatchSize, defaults.ParallelizationFactor, defaults.MaximumRetryAttempts, defaults.MaximumBatchingWindow, defaults.MaximumRecordAge, defaults.BisectBatchOnFunctionError)
            .Should().Be((100, 1, -1, TimeSpan.Zero, null, false));
    }

    private static StreamEventSourceOptions With(string name, int value) => name switch
    {
        "BatchSize" => StreamBed.Options with { BatchSize = value },
        "ParallelizationFactor" => StreamBed.Options with { ParallelizationFactor = value },
        "MaximumRetryAttempts" => StreamBed.Options with { MaximumRetryAttempts = value },
        "MaximumBatchingWindow" => StreamBed.Options with { MaximumBatchingWindow = TimeSpan.FromSeconds(value) },
        _ => StreamBed.Options with { MaximumRecordAge = TimeSpan.FromSeconds(value) },
    };
}
