using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Writes a handler class around each [LambdaFunction] method and, when asked to, the program that runs one of them.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class LambdaFunctionGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var functions = context.SyntaxProvider.ForAttributeWithMetadataName(
            Names.LambdaFunction,
            static (node, _) => node is MethodDeclarationSyntax,
            static (found, _) => FunctionReader.Read((IMethodSymbol)found.TargetSymbol)).Collect();
        var startups = context.SyntaxProvider.ForAttributeWithMetadataName(
            Names.LambdaStartup,
            static (node, _) => node is ClassDeclarationSyntax,
            static (found, _) => StartupReader.Read((INamedTypeSymbol)found.TargetSymbol)).Collect();
        var assembly = context.CompilationProvider.Select(static (compilation, _) => AssemblyReader.Read(compilation));

        context.RegisterSourceOutput(
            functions.Combine(startups).Combine(assembly),
            static (output, models) => Generate(output, models.Left.Left, models.Left.Right, models.Right));
    }

    private static void Generate(
        SourceProductionContext output, ImmutableArray<FunctionModel> functions, ImmutableArray<StartupModel> startups, AssemblyModel assembly)
    {
        var findings = Inspection.Of(functions, startups, assembly).ToList();
        foreach (var finding in findings)
        {
            output.ReportDiagnostic(finding.ToDiagnostic());
        }

        if (findings.Exists(finding => finding.Descriptor.DefaultSeverity == DiagnosticSeverity.Error))
        {
            return;
        }

        foreach (var function in functions)
        {
            var source = new HandlerWriter(function, startups.FirstOrDefault()?.Type, function.Serializer ?? assembly.Serializer!).Write();
            output.AddSource($"{function.Namespace}.{function.GeneratedClass}.g.cs", source);
        }

        if (assembly.GenerateMain)
        {
            output.AddSource("GeneratedProgram.g.cs", ProgramWriter.Write(functions, assembly.Serializer));
        }
    }
}
