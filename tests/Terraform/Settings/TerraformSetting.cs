namespace DataToEvents.Terraform.Tests.Settings;

/// <summary>A documented setting: a variable, or an attribute of one that is an object.</summary>
/// <param name="Default">The default in HCL.</param>
/// <param name="Values">Values in HCL that must be accepted.</param>
/// <param name="Warned">Values in HCL. Each is accepted with a warning, by the check that has the setting's name.</param>
/// <param name="Refused">Values in HCL that must be refused.</param>
/// <param name="With">Attributes that a value needs beside it, in HCL; null if it needs none.</param>
internal sealed record TerraformSetting(
    string Variable, string? Attribute, string Default, string Text, IReadOnlyList<string> Values, IReadOnlyList<string> Warned, IReadOnlyList<string> Refused, string? With)
{
    public string Name => Attribute is null ? Variable : $"{Variable}.{Attribute}";

    /// <summary>HCL that gives the setting a value.</summary>
    public string Assign(string value) => Attribute is null ? $"{Variable} = {value}" : $"{Variable} = {{ {Member(value)} }}";

    /// <summary>HCL of the attribute inside its object.</summary>
    public string Member(string value) => With is null ? $"{Attribute} = {value}" : $"{Attribute} = {value}, {With}";
}
