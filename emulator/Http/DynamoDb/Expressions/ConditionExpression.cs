namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>Looks an attribute of an item up; null when the item, or the attribute, does not exist.</summary>
internal delegate JsonElement? Attributes(string name);

/// <summary>A parsed condition, filter or key condition.</summary>
internal abstract record ConditionExpression
{
    public abstract bool Holds(Attributes item);

    public sealed record Either(ConditionExpression Left, ConditionExpression Right) : ConditionExpression
    {
        public override bool Holds(Attributes item) => Left.Holds(item) || Right.Holds(item);
    }

    public sealed record Both(ConditionExpression Left, ConditionExpression Right) : ConditionExpression
    {
        public override bool Holds(Attributes item) => Left.Holds(item) && Right.Holds(item);
    }

    public sealed record Not(ConditionExpression Inner) : ConditionExpression
    {
        public override bool Holds(Attributes item) => !Inner.Holds(item);
    }

    public sealed record AttributeExists(string Name) : ConditionExpression
    {
        public override bool Holds(Attributes item) => item(Name) is not null;
    }

    public sealed record BeginsWith(Operand Value, Operand Prefix) : ConditionExpression
    {
        public override bool Holds(Attributes item) =>
            Value.In(item) is { } value && Prefix.In(item) is { } prefix && AttributeValues.BeginsWith(value, prefix);
    }

    public sealed record Between(Operand Value, Operand Low, Operand High) : ConditionExpression
    {
        public override bool Holds(Attributes item) =>
            new OperandComparison(Value, ">=", Low).Holds(item) && new OperandComparison(Value, "<=", High).Holds(item);
    }

    public sealed record OperandComparison(Operand Left, string Sign, Operand Right) : ConditionExpression
    {
        public override bool Holds(Attributes item)
        {
            if (Left.In(item) is not { } left || Right.In(item) is not { } right)
            {
                // A missing attribute is unequal to everything and has no order.
                return Sign == "<>";
            }

            return Sign switch
            {
                "=" => AttributeValues.AreEqual(left, right),
                "<>" => !AttributeValues.AreEqual(left, right),
                "<" => AttributeValues.Compare(left, right) < 0,
                "<=" => AttributeValues.Compare(left, right) <= 0,
                ">" => AttributeValues.Compare(left, right) > 0,
                _ => AttributeValues.Compare(left, right) >= 0,
            };
        }
    }
}

/// <summary>An attribute of the item (by name) or a value of the request.</summary>
internal readonly record struct Operand(string? Name, JsonElement Value)
{
    public JsonElement? In(Attributes item) => Name is null ? Value : item(Name);
}
