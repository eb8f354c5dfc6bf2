namespace DataToEvents.Terraform.Tests.Settings;

/// <summary>A documented setting: a variable, or an attribute of one that is an object.</summary>
/// <param name="Default">As it is written in HCL.</param>
/// <param name="Values">HCL; each must be accepted.</param>
/// <param name="Refused">HCL; each must be refused.</param>
/// <param name="With">Attributes that a value needs beside it, in HCL; null: none.</param>
internal sealed record TerraformSetting(
    string Variable, string? Attribute, string Default, string Text, IReadOnlyList<string> Values, IReadOnlyList<string> Refused, string? With)
{
    public string Name => Attribute is null ? Variable : $"{Variable}.{Attribute}";

    /// <summary>HCL that gives the setting a value.</summary>
    public string Assign(string value) => Attribute is null ? $"{Variable} = {value}" : $"{Variable} = {{ {Member(value)} }}";

    /// <summary>HCL of the attribute inside its object.</summary>
    public string Member(string value) => With is null ? $"{Attribute} = {value}" : $"{Attribute} = {value}, {With}";
}
