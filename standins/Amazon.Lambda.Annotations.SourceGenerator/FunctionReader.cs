using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Turns a method marked [LambdaFunction] into the model that its handler is written from.</summary>
internal sealed class FunctionReader
{
    private readonly IMethodSymbol _method;
    private readonly INamedTypeSymbol _class;
    private readonly AttributeData? _httpApi;
    private readonly List<Finding> _findings = [];

    private FunctionReader(IMethodSymbol method)
    {
        _method = method;
        _class = method.ContainingType;
        _httpApi = method.GetAttributes().FirstOrDefault(attribute => attribute.Is(Names.HttpApi));
    }

    public static FunctionModel Read(IMethodSymbol method) => new FunctionReader(method).Read();

    private FunctionModel Read()
    {
        CheckClass();
        CheckMethod();
        CheckAttributes();
        var template = _httpApi?.ConstructorArguments is [_, { Value: string text }] ? text : "";
        var parameters = new ParameterReader(_method, _httpApi is null ? null : template, _findings).Read();
        var (isAsync, answer, type) = new AnswerReader(_method, _httpApi is not null, _findings).Read();
        return new FunctionModel(
            _class.ContainingNamespace.ToDisplayString(),
            _class.Name,
            _method.Name,
            parameters,
            isAsync,
            answer,
            type,
            _httpApi is not null,
            AssemblyReader.SerializerOf(_method),
            _class.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility != Accessibility.Private),
            Place.Of(_method),
            new EquatableArray<Finding>([.. _findings]));
    }

    private void CheckClass()
    {
        var problem = _class switch
        {
            { IsStatic: true } => "static",
            { IsAbstract: true } => "abstract",
            { IsGenericType: true } => "generic",
            { TypeKind: not TypeKind.Class } => "no class",
            { ContainingType: not null } => "nested in another",
            { ContainingNamespace.IsGlobalNamespace: true } => "in no namespace",
            _ => null,
        };
        if (problem is not null)
        {
            _findings.Add(Finding.At(_method, Diagnostics.Class, _class.Name, problem));
        }
    }

    private void CheckMethod()
    {
        var problem = _method switch
        {
            // A static class has told that already.
            { IsStatic: true } => _class.IsStatic ? null : "static",
            { IsAbstract: true } => _class.IsAbstract ? null : "abstract",
            { IsGenericMethod: true } => "generic",
            { DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal) } => "private or protected",
            _ => null,
        };
        if (problem is not null)
        {
            _findings.Add(Finding.At(_method, Diagnostics.Method, _method.Name, problem));
        }
    }

    private void CheckAttributes()
    {
        foreach (var attribute in _method.GetAttributes())
        {
            var name = attribute.AttributeClass?.ToDisplayString() ?? "";
            if (name.StartsWith(Names.Annotations + ".", StringComparison.Ordinal) && name is not (Names.LambdaFunction or Names.HttpApi))
            {
                Refuse(attribute.AttributeClass!.Name.Replace("Attribute", ""));
            }
        }

        // V1 = 0, V2 = 1 and the default.
        if (_httpApi?.Named("Version") is 0)
        {
            Refuse("HttpApi(Version = V1)");
        }

        void Refuse(string attribute) => _findings.Add(Finding.At(_method, Diagnostics.Attribute, attribute, _method.Name));
    }
}
