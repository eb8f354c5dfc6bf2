using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DataToEvents.Architecture.Tests;

/// <summary>A type is found by its name: it has one declaration, in the namespace of its folder. The stand-ins keep the names of the packages that they stand for.</summary>
public sealed class SourceLayoutTests
{
    /// <summary>Attributes for which a generator writes the other part of a type.</summary>
    private static readonly string[] Generated = ["GeneratedRegex", "LoggerMessage", "JsonSerializable", "LibraryImport"];

    [Fact]
    public void A_folder_is_a_namespace()
    {
        var wrong = from file in SourceFile.All
                    let declared = file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()
                    let expected = NamespaceOf(file.Folder)
                    where declared is null ? file.Types.Any() : declared.Name.ToString() != expected
                    select file.At((SyntaxNode?)declared ?? file.Root) + (expected is null
                        ? ": the folder belongs to no project. Make one of it."
                        : $": the namespace of this folder is {expected}. Correct the namespace or move the file.");

        wrong.ShouldBeNone();
    }

    [Fact]
    public void A_type_name_is_declared_once()
    {
        var names = from file in SourceFile.All
                    from type in file.Types
                    group (FullName: FullNameOf(type), At: file.At(type)) by SourceFile.NameOf(type);
        var twice = names.Where(name => name.Select(type => type.FullName).Distinct().Count() > 1)
            .Select(name => $"{name.Key}: {string.Join(", ", name.Select(type => type.At))}. Share one type, or rename all but one of them after what they are.");

        twice.ShouldBeNone();
    }

    [Fact]
    public void Only_types_with_generated_parts_are_partial()
    {
        var types = from file in SourceFile.All
                    from type in file.Types
                    where type.Modifiers.Any(SyntaxKind.PartialKeyword)
                    select (FullName: FullNameOf(type), At: file.At(type), IsGenerated: type.DescendantNodes().OfType<AttributeSyntax>().Any(IsForGenerator));
        var wrong = types.GroupBy(type => type.FullName).Where(parts => parts.Count() > 1 || !parts.Single().IsGenerated)
            .SelectMany(parts => parts.Select(part => $"{part.At}: {part.FullName} is partial without need. Make a class of each responsibility."));

        wrong.ShouldBeNone();
    }

    [Fact]
    public void A_source_file_belongs_to_one_project()
    {
        var links = from file in SourceTree.Files()
                    where Path.GetExtension(file) is ".csproj" or ".props" or ".targets" && !file.StartsWith("standins/", StringComparison.Ordinal)
                    from item in XDocument.Load(SourceTree.PathOf(file), LoadOptions.SetLineInfo).Descendants("Compile")
                    where item.Attribute("Include") is { } include && (include.Value.Contains("..", StringComparison.Ordinal) || include.Value.StartsWith("$(", StringComparison.Ordinal))
                    select $"{file}({((System.Xml.IXmlLineInfo)item).LineNumber}): links {item.Attribute("Include")!.Value}. Make a project of what is shared, and reference it.";

        links.ShouldBeNone();
    }

    private static bool IsForGenerator(AttributeSyntax attribute) => Generated.Contains(attribute.Name.ToString().Split('.')[^1]);

    private static string FullNameOf(MemberDeclarationSyntax type) => string.Join('.', type.AncestorsAndSelf().Reverse().Select(static node => node switch
    {
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax => SourceFile.NameOf((MemberDeclarationSyntax)node),
        _ => "",
    }).Where(static name => name.Length > 0));

    /// <summary>The project's root namespace and the folders between the project and the file; null outside of a project.</summary>
    private static string? NamespaceOf(string folder)
    {
        if (ProjectAbove(folder) is not { } project)
        {
            return null;
        }

        var folders = Path.GetRelativePath(Path.GetDirectoryName(project)!, folder);
        return folders == "." ? RootNamespaceOf(project) : $"{RootNamespaceOf(project)}.{folders.Replace('/', '.')}";
    }

    private static string? ProjectAbove(string folder) => Above(folder)
        .Select(above => Directory.EnumerateFiles(SourceTree.PathOf(above), "*.csproj").FirstOrDefault()).OfType<string>()
        .Select(project => Path.GetRelativePath(SourceTree.Root, project)).FirstOrDefault();

    /// <summary>As MSBuild reads it: from the project, or from the nearest Directory.Build.props that sets it.</summary>
    private static string RootNamespaceOf(string project) => Above(Path.GetDirectoryName(project)!)
        .Select(folder => Path.Combine(folder, "Directory.Build.props")).Prepend(project).Select(SourceTree.PathOf).Where(File.Exists)
        .Select(file => XDocument.Load(file).Descendants("RootNamespace").FirstOrDefault()?.Value).OfType<string>().First()
        .Replace("$(MSBuildProjectName)", Path.GetFileNameWithoutExtension(project), StringComparison.Ordinal);

    private static IEnumerable<string> Above(string folder)
    {
        for (var above = folder; above is { Length: > 0 }; above = Path.GetDirectoryName(above))
        {
            yield return above;
        }

        yield return "";
    }
}
