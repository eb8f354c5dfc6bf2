using System.Text;

namespace Amazon.Lambda.Annotations.SourceGenerator;

internal static class Lines
{
    /// <summary>A line inside a method of the generated class.</summary>
    public static void Line(this StringBuilder text, string line) => text.Append("            ").Append(line).Append('\n');

    /// <summary>A C# string literal.</summary>
    public static string Literal(this string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);
}
