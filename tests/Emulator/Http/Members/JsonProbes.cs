using DataToEvents.Emulator.Http.Json;

namespace DataToEvents.Emulator.Tests.Http.Members;

/// <summary>A request that sets one member, and what has to become of it.</summary>
/// <param name="Path">The member's name, behind the names of what it stands in.</param>
/// <param name="Request">The request.</param>
/// <param name="Refused">What the refusal has to tell; null: the member is honoured, and the request is refused only because its value is wrong.</param>
internal sealed record Probe(string Path, JsonObject Request, string? Refused);

/// <summary>
/// Makes requests from a service model: a member that the service does not have here is set to a right value and has to be refused as not supported.
/// One that it has is set to a value of a wrong type, and has to be refused too: that shows that the service reads it.
/// </summary>
internal sealed class JsonProbes(ServiceModel model, JsonObject right)
{
    /// <param name="operation">One that the service has here.</param>
    /// <param name="shape">What it declares.</param>
    public IEnumerable<Probe> Of(ModelOperation operation, RequestShape shape) => Of(operation.Input, operation.Name, shape, "", static root => root, []);

    /// <summary>The members that a structure has and a shape does not declare.</summary>
    public static IEnumerable<string> Unknown(ServiceModel model, string? structure, RequestShape shape) =>
        shape.Members.Select(static member => member.Name).Except(model.Members(structure).Select(static member => member.Name));

    private IEnumerable<Probe> Of(string? structure, string owner, RequestShape? shape, string path, Func<JsonObject, JsonObject> within, string[] above) =>
        structure is null || above.Contains(structure) ? [] : model.Members(structure).SelectMany(member =>
        {
            var declared = shape?.Members.FirstOrDefault(known => known.Name == member.Name);
            return shape is not null && declared is null
                ? [With(Right(member.Type), $"{owner} with {member.Name} is not supported here")]
                : Wrong(member.Type).Select(wrong => With(wrong, null)).Concat(NotOf(declared, member)).Concat(Inner(declared, member));

            Probe With(JsonNode value, string? refused)
            {
                var request = (JsonObject)right.DeepClone();
                within(request)[member.Name] = value;
                return new Probe(path + member.Name, request, refused);
            }

            IEnumerable<Probe> NotOf(RequestMember? known, ModelMember one) => known is { Values.Count: > 0 }
                ? model.TypeOf(one.Type).Values.Except(known.Values).Select(value => With(value, known.Refusal ?? $"{known.Name} {value} is not supported here"))
                : [];

            IEnumerable<Probe> Inner(RequestMember? known, ModelMember one)
            {
                var type = model.TypeOf(one.Type);
                string[] on = [.. above, structure];
                if (type.Kind == ModelKind.Structure)
                {
                    return Of(type.Element, one.Name, known?.Members, $"{path}{one.Name}.", root => Object(within(root), one.Name), on);
                }

                return type.Kind is ModelKind.List or ModelKind.Map && model.TypeOf(type.Element) is { Kind: ModelKind.Structure } element
                    ? Of(element.Element, one.Name, known?.Each, $"{path}{one.Name}.", root => Element(within(root), one.Name, type.Kind), on)
                    : [];
            }
        });

    private static JsonObject Object(JsonObject owner, string name)
    {
        if (owner[name] is not JsonObject inner)
        {
            owner[name] = inner = [];
        }

        return inner;
    }

    /// <summary>The first object in a list or map, which is made if it is not there.</summary>
    private static JsonObject Element(JsonObject owner, string name, ModelKind kind)
    {
        if (kind == ModelKind.Map)
        {
            var map = Object(owner, name);
            return Object(map, map.FirstOrDefault().Key ?? "k");
        }

        if (owner[name] is not JsonArray { Count: > 0 } list)
        {
            owner[name] = list = [new JsonObject()];
        }

        return (JsonObject)list[0]!;
    }

    private JsonNode Right(string name)
    {
        var type = model.TypeOf(name);
        return type.Kind switch
        {
            ModelKind.Text => type.Values.FirstOrDefault("x"),
            ModelKind.Number or ModelKind.Time => 1,
            ModelKind.Flag => true,
            ModelKind.List => new JsonArray(Right(type.Element)),
            ModelKind.Map => new JsonObject { ["k"] = Right(type.Element) },
            _ => new JsonObject(model.Members(type.Element).Where(static member => member.IsRequired).Select(member => KeyValuePair.Create(member.Name, (JsonNode?)Right(member.Type)))),
        };
    }

    private IEnumerable<JsonNode> Wrong(string name)
    {
        var type = model.TypeOf(name);
        yield return type.Kind == ModelKind.Text ? 5 : "wrong";
        if (type.Kind is ModelKind.List or ModelKind.Map && model.TypeOf(type.Element).Kind != ModelKind.Structure)
        {
            foreach (var element in Wrong(type.Element))
            {
                yield return type.Kind == ModelKind.List ? new JsonArray(element) : new JsonObject { ["k"] = element };
            }
        }
    }
}
