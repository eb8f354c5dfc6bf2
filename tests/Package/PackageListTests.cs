namespace DataToEvents.Package.Tests;

public sealed class PackageListTests
{
    private const string Assets = """
        {
          "targets": {
            "net10.0": { "Somebody.Else/1.0.0": { "type": "package", "runtime": { "lib/net8.0/Somebody.Else.dll": {} } } },
            "net10.0/linux-x64": {
              "AWSSDK.Core/4.1.0": { "type": "package", "runtime": { "lib/net8.0/AWSSDK.Core.dll": { "related": ".xml" } } },
              "Microsoft.DotNet.ILCompiler/10.0.1": { "type": "package", "build": { "build/Microsoft.DotNet.ILCompiler.props": {} } },
              "Only.Analyzers/1.0.0": { "type": "package", "runtime": { "lib/netstandard2.0/_._": {} } },
              "Amazon.Lambda.Core/1.0.0": { "type": "project", "runtime": { "bin/placeholder/Amazon.Lambda.Core.dll": {} } },
              "DataToEvents.Domain/1.0.0": { "type": "project", "runtime": { "bin/placeholder/DataToEvents.Domain.dll": {} } }
            }
          },
          "libraries": {
            "AWSSDK.Core/4.1.0": { "type": "package", "path": "awssdk.core/4.1.0" },
            "Microsoft.DotNet.ILCompiler/10.0.1": { "type": "package", "path": "microsoft.dotnet.ilcompiler/10.0.1" },
            "Only.Analyzers/1.0.0": { "type": "package", "path": "only.analyzers/1.0.0" },
            "Amazon.Lambda.Core/1.0.0": { "type": "project", "path": "../../../standins/Amazon.Lambda.Core/Amazon.Lambda.Core.csproj" },
            "DataToEvents.Domain/1.0.0": { "type": "project", "path": "../../Domain/Domain.csproj" }
          }
        }
        """;

    [Fact]
    public void It_names_packages_by_version_and_stand_ins_as_what_they_are_and_leaves_out_what_only_helps_to_build() =>
        PackageList.Of(Assets, "linux-x64").Should().Equal("AWSSDK.Core 4.1.0", "Amazon.Lambda.Core stand-in");

    [Fact]
    public void A_runtime_that_nothing_was_restored_for_is_an_error() =>
        FluentActions.Invoking(() => PackageList.Of(Assets, "linux-arm64")).Should().Throw<PackageException>().WithMessage("*linux-arm64*");
}
