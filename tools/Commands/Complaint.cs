using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace DataToEvents.Commands;

/// <summary>One line for a command line that makes no sense: what is wrong, where, and what is allowed.</summary>
internal sealed class Complaint(ParseResult parsed)
{
    private readonly Command _command = parsed.CommandResult.Command;

    public string Text => Mistyped ?? Unknown ?? Explained ?? WithoutValue ?? WithoutOption ?? WithoutArgument ?? WithoutCommand ?? NotAmong ?? $"{parsed.Errors[0].Message} {Allowed}";

    /// <summary>
    /// A word that looks like an option and is none, and that a command took for one of its arguments; null: none. An argument that looks like an option stands behind <c>--</c>.
    /// </summary>
    public string? Mistyped => IsSaidToBeArguments ? null : _command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? []).Select(static token => token.Value)
        .FirstOrDefault(static word => word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal) && char.IsAsciiLetter(word[2])) is { } mistyped
        ? NoOption(mistyped)
        : null;

    private bool IsSaidToBeArguments => parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash);

    private IEnumerable<string> OptionNames => Options().SelectMany(static option => option.Aliases.Prepend(option.Name));

    /// <summary>The command as it is typed.</summary>
    private string Typed => string.Join(' ', Path(parsed.CommandResult));

    private string Allowed
    {
        get
        {
            string[] allowed =
            [
                .. _command.Subcommands.Select(static sub => sub.Name),
                .. _command.Options.Where(static option => !option.Hidden).Select(static option => option.Name),
                .. Above is { } above ? [$"the options of `{string.Join(' ', Path(above))} --help`"] : Array.Empty<string>(),
            ];
            return allowed.Length == 0 ? "Allowed: nothing more." : $"Allowed: {string.Join(", ", allowed)}.";
        }
    }

    /// <summary>The command whose options count in this one too.</summary>
    private CommandResult? Above
    {
        get
        {
            var above = parsed.CommandResult.Parent as CommandResult;
            while (above is not null && above.Command.Options.All(static option => !option.Recursive || option is HelpOption))
            {
                above = above.Parent as CommandResult;
            }

            return above;
        }
    }

    /// <summary>A word that means nothing here explains why another one seems to be missing.</summary>
    private string? Unknown
    {
        get
        {
            if (parsed.UnmatchedTokens is not [var word, ..])
            {
                return null;
            }

            if (word.StartsWith('-'))
            {
                return NoOption(word);
            }

            return _command.Subcommands.Count > 0
                ? $"'{word}' is not a command of `{Typed}`{Spelling.Hint(word, _command.Subcommands.Select(static sub => sub.Name))} {Allowed}"
                : $"'{word}' is one word too many for `{Typed}`. {Allowed}";
        }
    }

    /// <summary>Our own options say themselves what is wrong and what is allowed.</summary>
    private string? Explained => parsed.Errors.FirstOrDefault(static error => error.Message.Contains("allowed", StringComparison.Ordinal))?.Message;

    private string? WithoutValue => parsed.CommandResult.Children.OfType<OptionResult>()
        .FirstOrDefault(static result => !result.Implicit && result.Tokens.Count < result.Option.Arity.MinimumNumberOfValues) is { } option
        ? $"{option.Option.Name} needs a value: {Described(option.Option)}"
        : null;

    private string? WithoutOption => Options().FirstOrDefault(option => option.Required && parsed.GetResult(option) is null or { Implicit: true }) is { } missing
        ? $"{missing.Name} is required for `{Typed}`: {Described(missing)} {Allowed}"
        : null;

    private string? WithoutArgument => _command.Arguments.FirstOrDefault(argument => (parsed.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues) is { } missing
        ? $"`{Typed} {string.Join(' ', _command.Arguments.Select(static argument => $"<{argument.Name}>"))}` needs <{missing.Name}>: {Described(missing)}"
        : null;

    private string? WithoutCommand => _command.Subcommands.Count > 0 && _command.Action is null ? $"`{Typed}` needs a command. {Allowed}" : null;

    /// <summary>An argument that is none of the words that it can be.</summary>
    private string? NotAmong
    {
        get
        {
            foreach (var argument in _command.Arguments)
            {
                var words = argument.GetCompletions(CompletionContext.Empty).Select(static item => item.Label).ToList();
                if (words.Count > 0 && parsed.GetResult(argument)?.Tokens is [{ Value: var given }] && !words.Contains(given))
                {
                    return $"'{given}' is not a <{argument.Name}> of `{Typed}`{Spelling.Hint(given, words)} Allowed: {string.Join(", ", words)}.";
                }
            }

            return null;
        }
    }

    private string NoOption(string word) => $"'{word}' is not an option of `{Typed}`{Spelling.Hint(word, OptionNames)} {Allowed}";

    private static string Described(Symbol symbol) => $"{symbol.Description?.TrimEnd('.')}.";

    private IEnumerable<Option> Options()
    {
        for (CommandResult? result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            foreach (var option in result.Command.Options.Where(option => option.Recursive || result == parsed.CommandResult))
            {
                yield return option;
            }
        }
    }

    private static IEnumerable<string> Path(CommandResult result) => result.Parent is CommandResult parent ? Path(parent).Append(result.Command.Name) : [result.Command.Name];
}
