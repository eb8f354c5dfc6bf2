namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Where a parameter's value comes from.</summary>
internal enum Source
{
    Event,
    Context,
    Services,
    Query,
    Route,
    Header,
    Body,
}

/// <summary>What a function hands back, under the task if there is one.</summary>
internal enum Answer
{
    Nothing,
    Value,
    HttpResult,
    HttpResponse,
    Text,
    Scalar,
}

/// <summary>Type is written in full. Key is the name in the request; Conversion the method of System.Convert, null for text.</summary>
internal sealed record ParameterModel(string Name, string Type, Source Source, string Key, string? Conversion);

/// <summary>One [LambdaFunction] method, with the findings that forbid generating it or warn of it.</summary>
internal sealed record FunctionModel(
    string Namespace,
    string Class,
    string Method,
    EquatableArray<ParameterModel> Parameters,
    bool IsAsync,
    Answer Answer,
    string AnswerType,
    bool IsHttp,
    string? Serializer,
    bool HasPlainConstructor,
    Place? Place,
    EquatableArray<Finding> Findings)
{
    public string GeneratedClass => $"{Class}_{Method}_Generated";

    public bool IsBroken => Findings.Any(finding => finding.Descriptor.DefaultSeverity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);

    public bool NeedsServices => Parameters.Any(parameter => parameter.Source == Source.Services);

    /// <summary>What Handle returns; void without a value and a task.</summary>
    public string ReturnType
    {
        get
        {
            var type = this switch
            {
                { Answer: Answer.HttpResult } => Names.Stream,
                { IsHttp: true } => $"global::{Names.HttpResponse}",
                { Answer: Answer.Nothing } => null,
                _ => AnswerType,
            };
            return (IsAsync, type) switch
            {
                (true, null) => Names.Task,
                (true, _) => $"{Names.Task}<{type}>",
                (false, null) => "void",
                (false, _) => type!,
            };
        }
    }

    /// <summary>The types of what Handle takes, in order: event and context, as far as the method wants them; both over HTTP.</summary>
    public IEnumerable<string> HandledTypes => IsHttp
        ? [$"global::{Names.HttpRequest}", $"global::{Names.LambdaContext}"]
        : Parameters.Where(parameter => parameter.Source is Source.Event or Source.Context).Select(parameter => parameter.Type);
}

/// <summary>The [LambdaStartup] class.</summary>
internal sealed record StartupModel(string Type, EquatableArray<Finding> Findings, Place? Place);

/// <summary>What the assembly's attributes and references say.</summary>
internal sealed record AssemblyModel(string? Serializer, bool GenerateMain, bool IsExecutable, bool HasBootstrap, bool HasContainer, bool HasApiGateway);
