using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Finds what a function hands back.</summary>
internal sealed class AnswerReader(IMethodSymbol method, bool isHttp, List<Finding> findings)
{
    public (bool IsAsync, Answer Answer, string Type) Read()
    {
        if (method.ReturnsVoid)
        {
            if (method.IsAsync)
            {
                Refuse("an async method has to return a task, or nobody awaits it");
            }

            return (false, Answer.Nothing, "");
        }

        if (method.ReturnType.OriginalDefinition.ToDisplayString() is "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask<TResult>")
        {
            Refuse("Lambda's bootstrap awaits tasks only; return Task or Task<T>");
        }

        return method.ReturnType switch
        {
            INamedTypeSymbol { OriginalDefinition: var task, TypeArguments: [var inner] } when IsTask(task, "<TResult>") => (true, AnswerOf(inner), TypeOf(inner)),
            var task when IsTask(task, "") => (true, Answer.Nothing, ""),
            var type => (false, AnswerOf(type), TypeOf(type)),
        };
    }

    private static bool IsTask(ITypeSymbol type, string arguments) => type.ToDisplayString() == $"System.Threading.Tasks.Task{arguments}";

    private static string TypeOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private Answer AnswerOf(ITypeSymbol type)
    {
        if (type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated })
        {
            findings.Add(Finding.At(method, Diagnostics.Annotation, type.ToDisplayString(), method.Name));
        }

        var isHttpResult = type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) == Names.HttpResult;
        if (isHttpResult && !isHttp)
        {
            Refuse("only functions marked [HttpApi] answer with an IHttpResult");
        }

        return type switch
        {
            _ when isHttpResult => Answer.HttpResult,
            _ when !isHttp => Answer.Value,
            _ when type.ToDisplayString() == Names.HttpResponse => Answer.HttpResponse,
            { SpecialType: SpecialType.System_String } => Answer.Text,
            { IsValueType: true } => Answer.Scalar,
            _ => Answer.Value,
        };
    }

    private void Refuse(string reason) =>
        findings.Add(Finding.At(method, Diagnostics.Return, method.Name, method.ReturnType.ToDisplayString(), reason));
}
