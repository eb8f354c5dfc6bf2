using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Amazon.Lambda.Annotations.SourceGenerator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DataToEvents.Standins.Tests.Generator;

/// <summary>Source compiled in memory together with what the generator makes of it.</summary>
public sealed class Compiled
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Threading.Tasks;
        global using Amazon.Lambda.Annotations;
        global using Amazon.Lambda.Annotations.APIGateway;
        global using Amazon.Lambda.APIGatewayEvents;
        global using Amazon.Lambda.Core;
        global using Amazon.Lambda.Serialization.SystemTextJson;
        global using Amazon.Lambda.SQSEvents;
        global using Microsoft.Extensions.DependencyInjection;
        """;

    private const string Serializer = "[assembly: LambdaSerializer(typeof(DefaultLambdaJsonSerializer))]";

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Compilation _compilation;

    private Compiled(Compilation before, Compilation compilation, ImmutableArray<Diagnostic> diagnostics, GeneratorDriver driver)
    {
        Before = before;
        _compilation = compilation;
        Diagnostics = diagnostics;
        Driver = driver;
    }

    /// <summary>The source alone.</summary>
    public Compilation Before { get; }

    public ImmutableArray<Diagnostic> Diagnostics { get; }

    public GeneratorDriver Driver { get; }

    public IEnumerable<string> Ids => Diagnostics.Select(diagnostic => diagnostic.Id);

    public string Message => Diagnostics.Single().GetMessage();

    public static Compiled From(string source, string? assemblyAttributes = Serializer, OutputKind output = OutputKind.DynamicallyLinkedLibrary, Func<string, bool>? references = null)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            $"Generated{Guid.NewGuid():N}",
            [Parse(Usings), Parse(assemblyAttributes is null ? "" : $"using Amazon.Lambda.Core; {assemblyAttributes}"), Parse(source)],
            References.Where(reference => references?.Invoke(reference.Display!) ?? true),
            new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(
                [new LambdaFunctionGenerator().AsSourceGenerator()],
                parseOptions: options,
                driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        return new Compiled(compilation, generated, diagnostics, driver);

        SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, options);
    }

    /// <summary>Loads what was compiled; neither the compiler nor the generator may have anything to say about it.</summary>
    public Assembly Load()
    {
        Diagnostics.Should().BeEmpty();
        using var image = new MemoryStream();
        var result = _compilation.Emit(image);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Should().BeEmpty();
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    /// <summary>Calls the generated handler, and awaits it if it is to be awaited.</summary>
    public async Task<object?> HandleAsync(string handlerClass, string method, params object?[] arguments)
    {
        var type = Load().GetType(handlerClass, throwOnError: true)!;
        return await HandleAsync(Activator.CreateInstance(type)!, method, arguments);
    }

    public static async Task<object?> HandleAsync(object handler, string method, params object?[] arguments)
    {
        var result = handler.GetType().GetMethod(method)!.Invoke(handler, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (result is not Task task)
        {
            return result;
        }

        await task;
        return handler.GetType().GetMethod(method)!.ReturnType.IsGenericType ? task.GetType().GetProperty("Result")!.GetValue(task) : null;
    }
}
