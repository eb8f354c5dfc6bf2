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

    public sealed record Parentheses(ConditionExpression Inner) : ConditionExpression
    {
        public override bool Holds(Attributes item) => Inner.Holds(item);
    }

    /// <summary>A function of an attribute and at most one more operand.</summary>
    /// <param name="Name">The function's name.</param>
    /// <param name="Operands">Its operands.</param>
    /// <param name="Test">Whether it holds for the operands' values; null stands for a missing value.</param>
    public sealed record Function(string Name, IReadOnlyList<Operand> Operands, Func<JsonElement?, JsonElement?, bool> Test) : ConditionExpression
    {
        public override bool Holds(Attributes item) => Test(Operands[0].In(item), Operands.Count > 1 ? Operands[1].In(item) : null);
    }

    public sealed record Between(Operand Value, Operand Low, Operand High) : ConditionExpression
    {
        public override bool Holds(Attributes item) =>
            new OperandComparison(Value, ">=", Low).Holds(item) && new OperandComparison(Value, "<=", High).Holds(item);
    }

    public sealed record In(Operand Value, IReadOnlyList<Operand> List) : ConditionExpression
    {
        public override bool Holds(Attributes item) => List.Any(candidate => new OperandComparison(Value, "=", candidate).Holds(item));
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

/// <summary>A part of the item (by path), a value of the request, or the size of one of them.</summary>
internal readonly record struct Operand(DocumentPath? Path, JsonElement Value, bool IsSize = false)
{
    public JsonElement? In(Attributes item)
    {
        var value = Path is null ? Value : Path.In(item);
        return IsSize && value is { } sized ? AttributeValues.Size(sized) : value;
    }
}
