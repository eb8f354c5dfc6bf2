using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

internal static class AssemblyReader
{
    public static AssemblyModel Read(Compilation compilation)
    {
        var properties = compilation.Assembly.GetAttributes().FirstOrDefault(attribute => attribute.Is(Names.LambdaGlobalProperties));
        return new AssemblyModel(
            SerializerOf(compilation.Assembly),
            properties?.Named("GenerateMain") is true,
            compilation.Options.OutputKind == OutputKind.ConsoleApplication,
            Has(Names.Bootstrap),
            Has(Names.ServiceProviderBuilder),
            Has(Names.HttpRequest));

        bool Has(string type) => compilation.GetTypeByMetadataName(type) is not null;
    }

    public static string? SerializerOf(ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.Is(Names.LambdaSerializer)) is { ConstructorArguments: [{ Value: ITypeSymbol type }] }
            ? type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
            : null;

    public static bool Is(this AttributeData attribute, string fullName) => attribute.AttributeClass?.ToDisplayString() == fullName;

    public static object? Named(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
