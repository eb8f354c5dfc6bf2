using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Adapters.Tests.S3;

public sealed class S3QuarantineTests : QuarantineContract
{
    private readonly FakeS3 _s3 = new();

    protected override IQuarantine Quarantine => new S3Quarantine(FakeS3.Client(_s3.Wire), FakeS3.Options);

    protected override Task<IReadOnlyList<byte[]>> ReadAllAsync() =>
        Task.FromResult<IReadOnlyList<byte[]>>([.. _s3.Objects.Where(entry => entry.Key.StartsWith("quarantine/", StringComparison.Ordinal)).Select(entry => entry.Value)]);
}
