namespace DataToEvents.Recovery.Commands;

/// <summary>The objects that a command works on: those that are named, or all of them.</summary>
internal static class Chosen
{
    public static Argument<string[]> Argument() => new("object")
    {
        Description = "Objects, by the handles or keys that `list` shows; all of them without any",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Argument<string> One() => new("object") { Description = "An object, by the handle or key that `list` shows" };

    public static Task<List<StoredObject>> ReadAsync(CommandSession session, ParseResult parsed, Argument<string[]> argument, params string[] prefixes) =>
        session.Services.Bucket.ChooseAsync(parsed.GetValue(argument) ?? [], prefixes);

    public static async Task<StoredObject> ReadOneAsync(CommandSession session, ParseResult parsed, Argument<string> argument, params string[] prefixes) =>
        (await session.Services.Bucket.ChooseAsync([parsed.GetRequiredValue(argument)], prefixes))[0];

    /// <summary>Says that there is nothing to do, which is a success.</summary>
    public static int Nothing(CommandSession session, string member, params string[] prefixes)
    {
        session.Printer.Set(member, 0L);
        session.Printer.Say($"There is nothing under {string.Join(" and ", prefixes)}: there is nothing to do.");
        return ExitCode.Success;
    }

    public static string Count(IReadOnlyCollection<StoredObject> objects) =>
        $"{Units.Count(objects.Count, "object")} ({Units.Count(objects.Sum(item => item.Size), "byte")})";
}
