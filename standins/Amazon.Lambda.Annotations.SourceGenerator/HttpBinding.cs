using System.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Writes how a request becomes arguments, and an answer API Gateway's response. What cannot be converted answers 400.</summary>
internal static class HttpBinding
{
    private const string Response = $"global::{Names.HttpResponse}";

    public const string Helpers = $$"""

                private static string Find(global::System.Collections.Generic.IDictionary<string, string> values, string key, global::System.StringComparison comparison)
                {
                    if (values != null)
                    {
                        foreach (var pair in values)
                        {
                            if (string.Equals(pair.Key, key, comparison))
                            {
                                return pair.Value;
                            }
                        }
                    }

                    return null;
                }

                private static {{Response}} Invalid(global::System.Collections.Generic.List<string> errors)
                {
                    var message = global::System.Text.Json.JsonEncodedText.Encode(errors.Count + " validation error(s) detected: " + string.Join(",", errors), global::System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
                    return new {{Response}}
                    {
                        StatusCode = 400,
                        Body = "{\"message\": \"" + message + "\"}",
                        Headers = new global::System.Collections.Generic.Dictionary<string, string>
                        {
                            ["Content-Type"] = "application/json",
                            ["x-amzn-ErrorType"] = "ValidationException",
                        },
                    };
                }

                private static {{Response}} Ok(string contentType, string body) => new {{Response}}
                {
                    StatusCode = 200,
                    Body = body,
                    Headers = new global::System.Collections.Generic.Dictionary<string, string> { ["Content-Type"] = contentType },
                };
        """;

    public static void Write(StringBuilder body, FunctionModel function)
    {
        var converted = function.Parameters.Where(IsConverted).ToList();
        if (converted.Count > 0)
        {
            body.Line("var errors = new global::System.Collections.Generic.List<string>();");
        }

        foreach (var parameter in function.Parameters)
        {
            Bind(body, parameter);
        }

        if (converted.Count == 0)
        {
            return;
        }

        body.Line("if (errors.Count > 0)");
        body.Line("{");
        if (function.Answer == Answer.HttpResult)
        {
            body.Line("    var invalid = new global::System.IO.MemoryStream();");
            body.Line("    serializer.Serialize(Invalid(errors), invalid);");
            body.Line("    invalid.Position = 0;");
            body.Line("    return invalid;");
        }
        else
        {
            body.Line("    return Invalid(errors);");
        }

        body.Line("}");
    }

    public static void WriteAnswer(StringBuilder body, FunctionModel function, string call)
    {
        switch (function.Answer)
        {
            case Answer.HttpResult:
                body.Line($"var answer = {call};");
                body.Line($"return answer.Serialize(new global::{Names.ApiGateway}.HttpResultSerializationOptions");
                body.Line("{");
                body.Line($"    Format = global::{Names.ApiGateway}.HttpResultSerializationOptions.ProtocolFormat.HttpApi,");
                body.Line($"    Version = global::{Names.ApiGateway}.HttpResultSerializationOptions.ProtocolVersion.V2,");
                body.Line("    Serializer = serializer,");
                body.Line("});");
                break;
            case Answer.HttpResponse:
                body.Line($"return {call};");
                break;
            case Answer.Nothing:
                body.Line($"{call};");
                body.Line($"return new {Response} {{ StatusCode = 200 }};");
                break;
            case Answer.Text:
                body.Line($"return Ok(\"text/plain\", {call});");
                break;
            case Answer.Scalar:
                body.Line($"return Ok(\"application/json\", ({call}).ToString());");
                break;
            default:
                body.Line($"var answer = {call};");
                body.Line("var json = new global::System.IO.MemoryStream();");
                body.Line("serializer.Serialize(answer, json);");
                body.Line("return Ok(\"application/json\", global::System.Text.Encoding.UTF8.GetString(json.GetBuffer(), 0, (int)json.Length));");
                break;
        }
    }

    private static bool IsConverted(ParameterModel parameter) =>
        parameter.Conversion is not null || (parameter.Source == Source.Body && parameter.Type != "string");

    private static void Bind(StringBuilder body, ParameterModel parameter)
    {
        var (values, comparison) = parameter.Source switch
        {
            Source.Query => ("QueryStringParameters", "Ordinal"),
            Source.Route => ("PathParameters", "Ordinal"),
            Source.Header => ("Headers", "OrdinalIgnoreCase"),
            Source.Body => (null, null),
            _ => ("", ""),
        };
        if (values == "")
        {
            return;
        }

        var text = values is null
            ? "__request__.Body"
            : $"Find(__request__.{values}, {parameter.Key.Literal()}, global::System.StringComparison.{comparison})";
        if (!IsConverted(parameter))
        {
            body.Line($"var __{parameter.Name} = {text};");
            return;
        }

        var conversion = values is null
            ? $"serializer.Deserialize<{parameter.Type}>(new global::System.IO.MemoryStream(global::System.Text.Encoding.UTF8.GetBytes(__text_{parameter.Name})))"
            : $"global::System.Convert.{parameter.Conversion}(__text_{parameter.Name}, global::System.Globalization.CultureInfo.InvariantCulture)";
        Convert(body, parameter, text, conversion);
    }

    private static void Convert(StringBuilder body, ParameterModel parameter, string text, string conversion)
    {
        var isBody = parameter.Source == Source.Body;
        body.Line($"var __{parameter.Name} = default({parameter.Type});");
        body.Line($"var __text_{parameter.Name} = {text};");
        // A body that is missing is as wrong as one that is broken; all else is optional.
        body.Line(isBody ? $"__text_{parameter.Name} ??= string.Empty;" : $"if (__text_{parameter.Name} != null)");
        body.Line("{");
        body.Line("    try");
        body.Line("    {");
        body.Line($"        __{parameter.Name} = {conversion};");
        body.Line("    }");
        body.Line(isBody ? "    catch (global::System.Exception e)" : "    catch (global::System.Exception e) when (e is global::System.FormatException || e is global::System.OverflowException)");
        body.Line("    {");
        body.Line($"        errors.Add(\"Value \" + __text_{parameter.Name} + \" at '\" + {(isBody ? "body" : parameter.Key).Literal()} + \"' failed to satisfy constraint: \" + e.Message);");
        body.Line("    }");
        body.Line("}");
    }
}
