using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DataToEvents.Architecture.Tests;

/// <summary>A C# file of the repository, parsed.</summary>
/// <param name="Path">The file's path from the repository's root, with slashes.</param>
/// <param name="Root">The file's syntax.</param>
internal sealed record SourceFile(string Path, CompilationUnitSyntax Root)
{
    private static readonly string[] Folders = ["src/", "emulator/", "tools/", "benchmarks/", "tests/"];

    /// <summary>All C# files but those of the stand-ins.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. SourceTree.Files().Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && Array.Exists(Folders, folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Select(Parse),
    ];

    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The types that the file declares, nested ones too.</summary>
    public IEnumerable<MemberDeclarationSyntax> Types =>
        Root.DescendantNodes(static node => node is not MemberDeclarationSyntax || node is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<MemberDeclarationSyntax>().Where(static member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    public static string NameOf(MemberDeclarationSyntax type) =>
        type is DelegateDeclarationSyntax function ? function.Identifier.Text : ((BaseTypeDeclarationSyntax)type).Identifier.Text;

    /// <summary>Path and line of a part of the file, as compilers write them.</summary>
    public string At(SyntaxNode node) => At(node.GetLocation().GetLineSpan().StartLinePosition.Line + 1);

    public string At(int line) => $"{Path}({line})";

    private static SourceFile Parse(string file) =>
        new(file, CSharpSyntaxTree.ParseText(File.ReadAllText(SourceTree.PathOf(file))).GetCompilationUnitRoot());
}
