using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>A bucket for a service with a role of its own. The service can only write, and only where the role allows it.</summary>
internal sealed class GuardedBucket(ObjectBucket inner, string arn, string roleArn, Access access) : ObjectBucket
{
    protected override Task StoreAsync(string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken) =>
        access.Refusal(new AccessRequest(roleArn, "s3:PutObject", $"{arn}/{key}")) is { } refusal
            ? throw new DeploymentException(refusal)
            : inner.PutAsync(key, body, headers, cancellationToken);

    protected override Task<byte[]?> LoadAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override Task RemoveAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken) => throw new NotSupportedException();
}
