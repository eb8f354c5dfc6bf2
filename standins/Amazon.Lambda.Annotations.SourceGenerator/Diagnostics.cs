using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>What the generator cannot, or will not, generate. Each says what to do instead.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor Method = Error("DTE001", "[LambdaFunction] method '{0}' is {1}; it has to be an instance method that the assembly can call, without type parameters");
    public static readonly DiagnosticDescriptor Class = Error("DTE002", "Class '{0}' of a [LambdaFunction] is {1}; it has to be a plain class in a namespace");
    public static readonly DiagnosticDescriptor Serializer = Error("DTE003", "No serializer is named for function '{0}'; add [assembly: LambdaSerializer(typeof(...))]");
    public static readonly DiagnosticDescriptor ManyStartups = Error("DTE004", "'{0}' is one of several classes marked [LambdaStartup]; an assembly has one");
    public static readonly DiagnosticDescriptor Startup = Error("DTE005", "[LambdaStartup] class '{0}' {1}");
    public static readonly DiagnosticDescriptor Parameter = Error("DTE006", "Parameter '{0}' of function '{1}' is not supported: {2}");
    public static readonly DiagnosticDescriptor Attribute = Error("DTE007", "[{0}] on function '{1}' is not supported; use [HttpApi], or a plain event");
    public static readonly DiagnosticDescriptor Duplicate = Error("DTE008", "More than one [LambdaFunction] method is named '{0}'; ANNOTATIONS_HANDLER could not tell them apart");
    public static readonly DiagnosticDescriptor Route = Error("DTE009", "Route '{0}' of function '{1}' has the parameter '{2}', and the method has none of that name");
    public static readonly DiagnosticDescriptor Return = Error("DTE010", "Function '{0}' returns '{1}': {2}");
    public static readonly DiagnosticDescriptor Main = Error("DTE011", "GenerateMain is set, but {0}");
    public static readonly DiagnosticDescriptor Construction = Error("DTE012", "Class '{0}' has no constructor without parameters, and no [LambdaStartup] class registers what it is made of");
    public static readonly DiagnosticDescriptor Package = Error("DTE013", "Function '{0}' needs a reference to the package {1}");

    /// <summary>Amazon's generator copies the annotation into code without a nullable context, where it is CS8669.</summary>
    public static readonly DiagnosticDescriptor Annotation = new(
        "DTE014", "Not portable to Amazon's generator", "Amazon's own generator warns (CS8669) about '{0}' in function '{1}'; leave out the '?', and expect null",
        "Amazon.Lambda.Annotations", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    private static DiagnosticDescriptor Error(string id, string message) =>
        new(id, "Lambda function not generated", message, "Amazon.Lambda.Annotations", DiagnosticSeverity.Error, isEnabledByDefault: true);
}

/// <summary>A diagnostic that can be compared and kept: Roslyn's own holds on to the syntax tree.</summary>
internal sealed record Finding(DiagnosticDescriptor Descriptor, Place? Place, EquatableArray<string> Arguments)
{
    public static Finding At(ISymbol symbol, DiagnosticDescriptor descriptor, params string[] arguments) =>
        new(descriptor, Place.Of(symbol), new EquatableArray<string>([.. arguments]));

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Place?.ToLocation() ?? Location.None, [.. Arguments]);
}

internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place? Of(ISymbol symbol) => symbol.Locations.FirstOrDefault() is { SourceTree: { } tree } location
        ? new Place(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span)
        : null;

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
