using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DataToEvents.Architecture.Tests;

/// <summary>
/// The emulator is a product of its own, and its folders are layers: Http, then Lambda, then the services, then what all of them use. Only the
/// builder, in the emulator's own folder, knows all of them.
/// </summary>
public sealed class EmulatorLayerTests
{
    private const string Emulator = "emulator/Emulator.csproj";

    private static readonly string[] Foundations = ["Delivery", "Server", "Storage"];
    private static readonly string[] Services = ["Queues", "Tables", "Buses", "DeliveryStreams", "Objects"];

    /// <summary>For each folder of the emulator the folders that it may use. A new folder needs an entry here, in the layer where it belongs.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Http"] = ["Lambda", .. Services, .. Foundations],
        ["Lambda"] = [.. Services, .. Foundations],
        ["Queues"] = Foundations,
        ["Tables"] = Foundations,
        ["Buses"] = Foundations,
        ["DeliveryStreams"] = ["Objects", .. Foundations],
        ["Objects"] = Foundations,
        ["Delivery"] = ["Storage"],
        ["Server"] = ["Storage"],
        ["Storage"] = [],
    };

    private static readonly SourceFile[] Files = [.. SourceFile.All.Where(static file => file.Path.StartsWith("emulator/", StringComparison.Ordinal))];

    /// <summary>The types of each folder. The emulator's own folder is "".</summary>
    private static readonly Dictionary<string, HashSet<string>> Types = Files.GroupBy(FolderOf)
        .ToDictionary(folder => folder.Key, folder => folder.SelectMany(file => file.Types).Select(SourceFile.NameOf).ToHashSet());

    [Fact]
    public void Each_folder_has_its_place_in_a_layer() => Types.Keys.Where(static folder => folder.Length > 0).Should().BeEquivalentTo(
        MayUse.Keys, $"{nameof(EmulatorLayerTests)}.{nameof(MayUse)} says for each folder of emulator/ which others it may use: enter a new folder there, and take out one that is gone");

    [Fact]
    public void Layers_use_only_those_below_them()
    {
        var wrong = from file in Files
                    let folder = FolderOf(file)
                    where folder.Length > 0
                    from use in Uses(file)
                    where use.Folder != folder && !MayUse.GetValueOrDefault(folder, []).Contains(use.Folder)
                    select $"{file.At(use.Line)}: {folder} may not use {use.Folder}. Move the type that both need to a layer below them, or let the builder pass it in.";

        wrong.ShouldBeNone();
    }

    [Fact]
    public void Layers_do_not_use_the_builder()
    {
        var builder = Types.GetValueOrDefault("", []);
        var wrong = from file in Files
                    where FolderOf(file).Length > 0
                    from name in file.Root.DescendantNodes().OfType<SimpleNameSyntax>()
                    where builder.Contains(name.Identifier.Text) && IsOfAType(name)
                    select $"{file.At(name)}: {FolderOf(file)} may not use {name.Identifier.Text}, which puts the emulator together. Pass in what it needs.";

        wrong.ShouldBeNone();
    }

    /// <summary>The simulation runs the services on one virtual thread. Code that leaves its caller's context would make two runs of a seed differ.</summary>
    [Theory]
    [InlineData("Channel")]
    [InlineData("CancelAsync")]
    [InlineData("Run")]
    public void Services_stay_on_the_context_of_their_caller(string name)
    {
        var wrong = from file in Files
                    where Services.Contains(FolderOf(file)) || FolderOf(file) == "Delivery" || file.Folder == "emulator/Lambda/Mappings"
                    from use in file.Root.DescendantNodes().OfType<SimpleNameSyntax>()
                    where use.Identifier.Text == name && (name != "Run" || use.Parent?.ToString() == "Task.Run")
                    select $"{file.At(use)}: {use.Parent} leaves the context of the caller. Use the types in emulator/Delivery.";

        wrong.ShouldBeNone();
    }

    [Fact]
    public void The_emulator_references_no_project_of_the_product() => References(Emulator).Should().BeEmpty("{0} is a product of its own", Emulator);

    [Fact]
    public void Only_the_adapter_for_it_tools_tests_and_examples_reference_the_emulator()
    {
        var wrong = from project in SourceTree.Files()
                    where Path.GetExtension(project) is ".csproj" or ".props" or ".targets" && References(project).Contains(Emulator)
                    where project != "src/Adapters/Embedded/Embedded.csproj"
                        && !project.StartsWith("tools/", StringComparison.Ordinal) && !project.StartsWith("tests/", StringComparison.Ordinal)
                        && !project.StartsWith("examples/", StringComparison.Ordinal)
                    select $"{project} references the emulator. Define a port, and implement it in src/Adapters/Embedded.";

        wrong.ShouldBeNone();
    }

    private static string FolderOf(SourceFile file) => file.Path.Split('/') is [_, var folder, _, ..] ? folder : "";

    /// <summary>For each type of the emulator that a file names: the folder of that type. A name belongs to one type only (<see cref="SourceLayoutTests"/>).</summary>
    private static IEnumerable<(int Line, string Folder)> Uses(SourceFile file) =>
        from name in file.Root.DescendantNodes().OfType<SimpleNameSyntax>()
        where IsOfAType(name)
        from folder in Types
        where folder.Key.Length > 0 && folder.Value.Contains(name.Identifier.Text)
        select (name.GetLocation().GetLineSpan().StartLinePosition.Line + 1, folder.Key);

    /// <summary>Whether a name stands where only a type can, or at the start of a call of one, as in <c>Frames.Write</c>.</summary>
    private static bool IsOfAType(SimpleNameSyntax name) => name.Parent switch
    {
        QualifiedNameSyntax qualified => qualified.Right == name,
        MemberAccessExpressionSyntax access => access.Expression == name && access.Parent is InvocationExpressionSyntax,
        ParameterSyntax or VariableDeclarationSyntax or ObjectCreationExpressionSyntax or BaseTypeSyntax or PrimaryConstructorBaseTypeSyntax or TypeArgumentListSyntax
            or MethodDeclarationSyntax or PropertyDeclarationSyntax or NullableTypeSyntax or ArrayTypeSyntax or CatchDeclarationSyntax or CastExpressionSyntax
            or TypeConstraintSyntax or RecursivePatternSyntax or DeclarationPatternSyntax or TupleElementSyntax or TypeOfExpressionSyntax => true,
        _ => false,
    };

    private static string[] References(string project) =>
    [
        .. XDocument.Load(SourceTree.PathOf(project)).Descendants("ProjectReference").Select(static item => item.Attribute("Include")?.Value).OfType<string>()
            .Select(reference => Path.GetRelativePath(SourceTree.Root, Path.GetFullPath(reference, Path.GetDirectoryName(SourceTree.PathOf(project))!))),
    ];
}
