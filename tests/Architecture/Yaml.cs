using YamlDotNet.RepresentationModel;

namespace DataToEvents.Architecture.Tests;

/// <summary>A YAML file of the repository.</summary>
internal static class Yaml
{
    public static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        using var text = File.OpenText(SourceTree.PathOf(file));
        stream.Load(text);
        return stream.Documents.Should().ContainSingle("{0} is one document", file).Which.RootNode.Should().BeOfType<YamlMappingNode>("{0} has keys", file).Subject;
    }

    public static string[] Keys(this YamlNode node) => [.. ((YamlMappingNode)node).Children.Keys.Select(static key => ((YamlScalarNode)key).Value!)];

    public static bool Has(this YamlNode node, string key) => node is YamlMappingNode mapping && mapping.Children.ContainsKey(key);

    public static IEnumerable<(string Name, YamlNode Value)> Entries(this YamlNode node) => ((YamlMappingNode)node).Children.Select(static entry => (((YamlScalarNode)entry.Key).Value!, entry.Value));

    public static IEnumerable<YamlNode> List(this YamlNode node) => ((YamlSequenceNode)node).Children;

    public static string Text(this YamlNode node) => ((YamlScalarNode)node).Value!;
}
