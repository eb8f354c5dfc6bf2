using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

internal static class StartupReader
{
    public static StartupModel Read(INamedTypeSymbol type)
    {
        var problem = Problem(type);
        return new StartupModel(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            new EquatableArray<Finding>(problem is null ? [] : [Finding.At(type, Diagnostics.Startup, type.Name, problem)]),
            Place.Of(type));
    }

    private static string? Problem(INamedTypeSymbol type)
    {
        if (type.IsStatic || type.IsAbstract || type.IsGenericType)
        {
            return "is static, abstract or generic; it has to be a plain class";
        }

        if (!type.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && IsCallable(constructor)))
        {
            return "has no constructor without parameters";
        }

        return type.GetMembers("ConfigureServices").OfType<IMethodSymbol>().Any(IsConfigureServices)
            ? null
            : "has no method 'public void ConfigureServices(IServiceCollection services)'";
    }

    private static bool IsConfigureServices(IMethodSymbol method) =>
        method is { IsStatic: false, IsGenericMethod: false, Parameters: [{ Type: var parameter }] }
        && IsCallable(method)
        && parameter.ToDisplayString() == Names.ServiceCollection;

    private static bool IsCallable(IMethodSymbol method) =>
        method.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;
}
