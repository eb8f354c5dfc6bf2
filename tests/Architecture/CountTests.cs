namespace DataToEvents.Architecture.Tests;

/// <summary>Nobody reads "1 events": what the tools count for people goes through the one helper that knows the singular.</summary>
public sealed partial class CountTests
{
    [Fact]
    public void A_number_in_front_of_a_plural_is_written_by_the_helper()
    {
        var wrong = from file in SourceTree.Files()
                    where file.StartsWith("tools/", StringComparison.Ordinal) && Path.GetExtension(file) is ".cs" or ".js" && !file.EndsWith("echarts.js", StringComparison.Ordinal)
                    from line in File.ReadAllLines(SourceTree.PathOf(file)).Select(static (text, index) => (text, number: index + 1))
                    where Counted().IsMatch(line.text)
                    select $"{file}({line.number}): {Counted().Match(line.text).Value}. Write it with Units.Count, or with count of dom.js.";

        wrong.ShouldBeNone();
    }

    /// <summary>A limit is never one, and a rate has a unit.</summary>
    [GeneratedRegex("""\{(?!Max|[A-Za-z.]+\.(Max|Default))[^{}" ][^{}"]*\} ([a-z-]+ )?(attempts|batches|bytes|calls|conflicts|copies|events|files|functions|items|lines|messages|objects|pairs|records|replays|retries|streams|types)\b(?!/)""")]
    private static partial Regex Counted();
}
