using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Finds where each parameter's value comes from. Template is null but for functions behind an API.</summary>
internal sealed class ParameterReader(IMethodSymbol method, string? template, List<Finding> findings)
{
    private readonly HashSet<string> _routeNames = RouteNames(template);

    public EquatableArray<ParameterModel> Read()
    {
        var models = method.Parameters.Select(Read).ToList();
        if (template is null)
        {
            CheckPlainShape(models);
        }
        else
        {
            CheckRoute(models);
        }

        return new EquatableArray<ParameterModel>([.. models]);
    }

    private static HashSet<string> RouteNames(string? template) =>
        [.. (template ?? "").Split('{').Skip(1).Select(rest => rest.Split('}')[0].TrimEnd('+'))];

    private ParameterModel Read(IParameterSymbol parameter)
    {
        var (source, key) = SourceOf(parameter);
        var conversion = source is Source.Query or Source.Route or Source.Header ? ConversionOf(parameter) : null;
        CheckPortable(parameter, source);
        return new ParameterModel(parameter.Name, parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), source, key, conversion);
    }

    private (Source Source, string Key) SourceOf(IParameterSymbol parameter)
    {
        foreach (var attribute in parameter.GetAttributes())
        {
            Source? source = attribute.AttributeClass?.ToDisplayString() switch
            {
                Names.FromServices => Source.Services,
                Names.FromQuery => Source.Query,
                Names.FromRoute => Source.Route,
                Names.FromHeader => Source.Header,
                Names.FromBody => Source.Body,
                { } name when name.StartsWith(Names.Annotations + ".", StringComparison.Ordinal) => Refuse(parameter, $"[{attribute.AttributeClass!.Name.Replace("Attribute", "")}] is not known here"),
                _ => null,
            };
            if (source is { } known)
            {
                if (known is not (Source.Services or Source.Event) && template is null)
                {
                    Refuse(parameter, "only functions marked [HttpApi] are bound to a request");
                }

                return (known, attribute.Named("Name") as string ?? parameter.Name);
            }
        }

        return parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat) switch
        {
            Names.LambdaContext => (Source.Context, ""),
            Names.HttpRequest when template is not null => (Source.Event, ""),
            _ when template is null => (Source.Event, ""),
            _ when _routeNames.Contains(parameter.Name) => (Source.Route, parameter.Name),
            _ => (Refuse(parameter, "say where it comes from, by [FromQuery], [FromRoute], [FromHeader], [FromBody] or [FromServices]"), ""),
        };
    }

    private string? ConversionOf(IParameterSymbol parameter)
    {
        var type = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] }
            ? inner
            : parameter.Type;
        switch (type.SpecialType)
        {
            case SpecialType.System_String:
                return null;
            case SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_DateTime:
            case >= SpecialType.System_SByte and <= SpecialType.System_Double:
                // System.Convert names its methods after the types: ToInt32, ToBoolean, ...
                return $"To{type.MetadataName}";
            default:
                Refuse(parameter, $"'{parameter.Type.ToDisplayString()}' cannot be made from text; use a string, a number, a bool or a DateTime");
                return null;
        }
    }

    private void CheckPortable(IParameterSymbol parameter, Source source)
    {
        if (parameter.HasExplicitDefaultValue)
        {
            Refuse(parameter, "Amazon's own generator passes default(T) instead of the default value; leave it out, and choose the value in the method");
        }

        if (parameter.RefKind != RefKind.None)
        {
            Refuse(parameter, "it is passed by reference");
        }

        // Event and context are copied as well, but without a reason to be null.
        if (parameter.Type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } && source != Source.Services)
        {
            findings.Add(Finding.At(parameter, Diagnostics.Annotation, $"{parameter.Type.ToDisplayString()} {parameter.Name}", method.Name));
        }
    }

    private void CheckPlainShape(List<ParameterModel> models)
    {
        var handled = models.Where(model => model.Source is Source.Event or Source.Context).ToList();
        if (handled is not ([{ Source: Source.Event }] or [{ Source: Source.Event }, { Source: Source.Context }]))
        {
            var odd = method.Parameters.FirstOrDefault(parameter => models.Exists(model => model.Name == parameter.Name && model == handled.LastOrDefault()));
            findings.Add(Finding.At(
                odd ?? (ISymbol)method, Diagnostics.Parameter, odd?.Name ?? "(none)", method.Name,
                "a function takes one event, may take ILambdaContext after it, and all else by [FromServices]"));
        }
    }

    private void CheckRoute(List<ParameterModel> models)
    {
        foreach (var name in _routeNames.Where(name => !models.Exists(model => model.Source == Source.Route && model.Key == name)))
        {
            findings.Add(Finding.At(method, Diagnostics.Route, template!, method.Name, name));
        }
    }

    private Source Refuse(IParameterSymbol parameter, string reason)
    {
        findings.Add(Finding.At(parameter, Diagnostics.Parameter, parameter.Name, method.Name, reason));
        return Source.Event;
    }
}
