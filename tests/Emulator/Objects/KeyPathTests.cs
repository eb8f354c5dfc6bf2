using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Tests.Objects;

/// <summary>The file name of a key's object.</summary>
public class KeyPathTests
{
    [Theory]
    [InlineData("lake/year=2026/x.json.gz", "lake/year=2026/x.json.gz")]
    [InlineData("undotted", "undotted%")]
    [InlineData("a.b/c", "a.b%/c%")]
    [InlineData("q?\u0001*%.json", "q%3F%01%2A%25.json")]
    [InlineData("q?.a", "q%3F.a")]
    [InlineData("ends.", "ends%2E")]
    [InlineData("in the middle. /blank ", "in the middle.%20%/blank%20%")]
    [InlineData("a.b?. .c", "a.b%3F. .c")]
    public void A_readable_key_stays_as_it_is_and_what_a_file_system_may_refuse_is_escaped(string key, string path) => KeyPath.Of(key).Should().Be(path);

    [Fact]
    public void A_name_of_240_bytes_is_one_and_a_longer_one_goes_on_in_a_folder()
    {
        KeyPath.Of(new string('.', 239) + "x").Should().Be(new string('.', 239) + "x");
        KeyPath.Of(new string('.', 240) + "x").Should().Be(new string('.', 240) + "%+/x");
        KeyPath.Of(new string('.', 480) + "x/y.z").Should().Be(new string('.', 240) + "%+/" + new string('.', 240) + "%+/x%/y.z");
    }

    [Fact]
    public void Escapes_and_characters_are_never_cut()
    {
        KeyPath.Of(new string('.', 238) + "?x").Should().Be(new string('.', 238) + "%+/%3Fx");
        KeyPath.Of(new string('.', 237) + "\U0001F389x").Should().Be(new string('.', 237) + "%+/\U0001F389x");
        KeyPath.Of(new string('.', 236) + "\U0001F389x").Should().Be(new string('.', 236) + "\U0001F389%+/x");
    }
}
