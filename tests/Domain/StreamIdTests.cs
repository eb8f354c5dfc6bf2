namespace DataToEvents.Domain.Tests;

public sealed class StreamIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("order-4711")]
    [InlineData("José")]
    [InlineData("😀")]
    [InlineData("a b/c?d#e")]
    public void Text_that_can_be_stored_as_a_key_is_valid(string value)
    {
        StreamId.IsValid(value).Should().BeTrue();
        EventId.IsValid(value).Should().BeTrue();
        new StreamId(value).Value.Should().Be(value);
        new EventId(value).ToString().Should().Be(value);
    }

    [Fact]
    public void No_text_and_lone_surrogates_are_invalid()
    {
        foreach (var value in new[] { null, "", "\ud800", "a\udc00", "\ud83d-\ude00", "\udc00\ud800" })
        {
            StreamId.IsValid(value).Should().BeFalse();
            EventId.IsValid(value).Should().BeFalse();
            FluentActions.Invoking(() => new StreamId(value!)).Should().Throw<ArgumentException>();
            FluentActions.Invoking(() => new EventId(value!)).Should().Throw<ArgumentException>();
        }
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("\u0000")]
    [InlineData("\u007f")]
    [InlineData("\u009f")]
    [InlineData("a\ufffe")]
    [InlineData("\uffff")]
    [InlineData("\ufdd0")]
    [InlineData("\U0001fffe")]
    public void Characters_that_a_CloudEvents_string_may_not_hold_are_invalid(string value)
    {
        StreamId.IsValid(value).Should().BeFalse();
        EventId.IsValid(value).Should().BeFalse();
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("é", 2)]
    [InlineData("€", 3)]
    [InlineData("😀", 4)]
    public void The_limit_counts_bytes_of_UTF8(string character, int bytes)
    {
        var fits = string.Concat(Enumerable.Repeat(character, StreamId.MaxBytes / bytes));
        StreamId.IsValid(fits).Should().BeTrue();
        StreamId.IsValid(fits + character).Should().BeFalse();

        fits = string.Concat(Enumerable.Repeat(character, EventId.MaxBytes / bytes));
        EventId.IsValid(fits).Should().BeTrue();
        EventId.IsValid(fits + character).Should().BeFalse();
    }

    [Fact]
    public void An_id_that_was_never_given_a_value_says_so()
    {
        FluentActions.Invoking(() => default(StreamId).Value).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => default(EventId).Value).Should().Throw<InvalidOperationException>();
    }
}
