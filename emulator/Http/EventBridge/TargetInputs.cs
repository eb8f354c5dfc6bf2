using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>What a target gets in place of the event: Input, InputPath or InputTransformer.</summary>
internal static class TargetInputs
{
    /// <summary>Source: Amazon EventBridge API Reference, "InputTransformer".</summary>
    private const int MaxPaths = 100;

    private static readonly string[] Kinds = ["Input", "InputPath", "InputTransformer"];

    /// <exception cref="AwsException">EventBridge would refuse it, or it has a path that is not supported here.</exception>
    public static void Check(string id, JsonRequest json, ClientTarget target)
    {
        if (Kinds.Count(kind => json.Json.TryGetProperty(kind, out var value) && value.ValueKind != JsonValueKind.Null) > 1)
        {
            throw Refused($"Only one of Input, InputPath, or InputTransformer must be provided for target {id}.");
        }

        if (json.Text("Input") is { } input)
        {
            CheckJson(id, input);
        }
        else if (json.Text("InputPath") is { } path)
        {
            CheckPath("InputPath", path);
        }
        else if (json.Object("InputTransformer") is { } transformer)
        {
            CheckTransformer(id, JsonRequest.Of(transformer), target);
        }
    }

    private static void CheckTransformer(string id, JsonRequest transformer, ClientTarget target)
    {
        _ = transformer.RequiredText("InputTemplate");
        var paths = transformer.Object("InputPathsMap") is { } map ? JsonRequest.Of(map) : default(JsonRequest?);
        foreach (var name in paths?.Json.EnumerateObject().Select(static path => path.Name) ?? [])
        {
            CheckPath($"InputPathsMap {name}", paths!.Value.RequiredText(name));
        }

        if (paths?.Json.GetPropertyCount() > MaxPaths)
        {
            throw Refused($"1 validation error detected: Value at 'inputPathsMap' failed to satisfy constraint: Member must have length less than or equal to {MaxPaths}");
        }

        var template = target.InputTransformer!;
        if (template.Undefined.FirstOrDefault() is { } undefined)
        {
            throw Refused($"InputTemplate for target {id} contains invalid placeholder {undefined}.");
        }

        if (!template.IsValid)
        {
            throw Refused($"Invalid InputTemplate for target {id}: it is neither JSON nor texts in quotation marks.");
        }
    }

    private static void CheckPath(string what, string path)
    {
        if (!InputPaths.IsSupported(path))
        {
            throw Refused($"{what} {path} is not supported here: it names members, such as $.detail.order.");
        }
    }

    private static void CheckJson(string id, string input)
    {
        try
        {
            JsonDocument.Parse(input).Dispose();
        }
        catch (JsonException)
        {
            throw Refused($"JSON syntax error in input for target {id}.");
        }
    }

    private static AwsException Refused(string message) => new("ValidationException", message);
}
