namespace DataToEvents.Package.Tests;

public sealed class GlibcVersionsTests
{
    private const string Old = "0000000000000000      DF *UND*  0000000000000000 (GLIBC_2.2.5) free\n0000000000000000      DF *UND*  0000000000000000 (GLIBC_2.34) dladdr\n";

    [Fact]
    public void A_binary_for_the_glibc_of_Amazon_Linux_2023_passes() =>
        Checking(Old).Should().NotThrow();

    [Fact]
    public void A_newer_symbol_fails_and_is_named() =>
        Checking(Old + "0000000000000000  w   DF *UND*  0000000000000000 (GLIBC_2.38) __isoc23_strtoul\n").Should()
            .Throw<PackageException>().WithMessage("Some.Function needs glibc 2.38*Amazon Linux 2023 has 2.34*Symbols: __isoc23_strtoul");

    [Fact]
    public void Versions_are_compared_as_numbers() =>
        Checking(Old + "0000000000000000      DF *UND*  0000000000000000 (GLIBC_2.4) x\n").Should().NotThrow();

    [Fact]
    public void No_symbols_at_all_is_no_proof() =>
        Checking("").Should().Throw<PackageException>().WithMessage("*names no GLIBC symbol*");

    [Fact]
    public async Task A_missing_objdump_says_where_it_comes_from() =>
        (await FluentActions.Awaiting(() => GlibcVersions.ReadAsync("no-such-objdump", "x")).Should().ThrowAsync<PackageException>())
            .WithMessage("*no-such-objdump*binutils*");

    private static Action Checking(string symbols) => () => GlibcVersions.Check("Some.Function", symbols);
}
