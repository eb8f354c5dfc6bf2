using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DataToEvents.Terraform.Tests.Calls;

/// <summary>The operations that the adapters' code can call at all, read from their assemblies: methods of Amazon's client interfaces.</summary>
internal static class OperationsInCode
{
    private const string Async = "Async";

    public static IReadOnlySet<string> Of(params Type[] adapters) => adapters.Select(adapter => adapter.Assembly.Location).Distinct().SelectMany(Of).ToHashSet();

    private static List<string> Of(string path)
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

        return operations;
    }
}
