using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Amazon.Athena;
using Amazon.DynamoDBStreams;
using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.KinesisFirehose;
using Amazon.Lambda;
using Amazon.S3;
using Amazon.SQS;

namespace DataToEvents.Terraform.Tests.Calls;

/// <summary>
/// The operations that the code of adapters and tools can call at all, read from their assemblies: methods of Amazon's client interfaces that it calls, and
/// texts and requests that name one, for those calls that go as bytes.
/// </summary>
internal static class OperationsInCode
{
    private const string Async = "Async";
    private const string Request = "Request";

    private static readonly HashSet<string> Known =
        [.. new[] { typeof(IAmazonSQS), typeof(IAmazonDynamoDB), typeof(IAmazonEventBridge), typeof(IAmazonS3), typeof(IAmazonKinesisFirehose), typeof(IAmazonDynamoDBStreams), typeof(IAmazonLambda), typeof(IAmazonAthena) }
            .SelectMany(client => client.GetMethods()).Select(method => method.Name).Where(name => name.EndsWith(Async, StringComparison.Ordinal)).Select(name => name[..^Async.Length])];

    public static IReadOnlySet<string> Of(params Type[] adapters) => adapters.Select(adapter => adapter.Assembly.Location).Distinct().SelectMany(OfAssembly).ToHashSet();

    public static IReadOnlyList<string> OfAssembly(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var operations = new List<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            var name = metadata.GetString(member.Name);
            if (member.Parent.Kind == HandleKind.TypeReference
                && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name).StartsWith("IAmazon", StringComparison.Ordinal)
                && name.EndsWith(Async, StringComparison.Ordinal))
            {
                operations.Add(name[..^Async.Length]);
            }
        }

        return [.. operations, .. Texts(metadata).Concat(Requests(metadata)).Where(Known.Contains)];
    }

    private static IEnumerable<string> Requests(MetadataReader metadata) => metadata.TypeReferences
        .Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Name))
        .Where(name => name.EndsWith(Request, StringComparison.Ordinal))
        .Select(name => name[..^Request.Length]);

    private static IEnumerable<string> Texts(MetadataReader metadata)
    {
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = metadata.GetNextHandle(handle))
        {
            yield return metadata.GetUserString(handle);
        }
    }
}
