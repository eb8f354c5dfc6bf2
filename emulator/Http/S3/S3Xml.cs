using System.Xml;
using System.Xml.Linq;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>XML in requests and responses.</summary>
internal static class S3Xml
{
    /// <summary>The namespace of results. Clients may leave it out in what they send.</summary>
    public static readonly XNamespace Names = "http://s3.amazonaws.com/doc/2006-03-01/";

    // A line break of a key would else be another one for the reader.
    private static readonly XmlWriterSettings Writing = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize };

    private static readonly XmlReaderSettings Reading = new() { DtdProcessing = DtdProcessing.Prohibit };

    public static Task WriteAsync(HttpContext context, XElement root)
    {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (var writer = XmlWriter.Create(text, Writing))
        {
            root.Save(writer);
        }

        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(text.ToString());
    }

    /// <returns>The element at the top; its elements have no namespace.</returns>
    /// <exception cref="S3Exception">It is not XML or has another element at the top.</exception>
    public static XElement Read(ReadOnlyMemory<byte> body, string name)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), Reading);
            var root = XElement.Load(reader, LoadOptions.PreserveWhitespace);
            foreach (var element in root.DescendantsAndSelf())
            {
                element.Name = element.Name.LocalName;
            }

            return root.Name == name ? root : throw new S3Exception(S3Error.MalformedXml);
        }
        catch (XmlException)
        {
            throw new S3Exception(S3Error.MalformedXml);
        }
    }

    /// <summary>Whether XML 1.0 has all characters of a text.</summary>
    public static bool CanHold(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <returns>An element of a result with these members.</returns>
    public static XElement Element(string name, params (string Name, string Value)[] members)
    {
        var element = new XElement(Names + name);
        Add(element, members);
        return element;
    }

    public static void Add(XElement element, params (string Name, string Value)[] members) =>
        element.Add(members.Select(static member => new XElement(Names + member.Name, member.Value)));

    /// <summary>The owner of everything here.</summary>
    public static XElement Owner(string element = "Owner") => new(Names + element, new XElement(Names + "ID", new string('0', 64)));
}
