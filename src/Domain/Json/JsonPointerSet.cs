namespace DataToEvents.Domain.Json;

/// <summary>JSON pointers (RFC 6901), merged into one tree so that a single pass over a document finds them all.</summary>
internal sealed class JsonPointerSet
{
    private readonly Dictionary<string, int> _indexes = [];

    public Node Root { get; } = new([]);

    public int Count => _indexes.Count;

    /// <summary>Adds a pointer once and returns the index under which a scan captures its value.</summary>
    /// <exception cref="FormatException">Not a JSON pointer.</exception>
    public int Add(string pointer)
    {
        if (_indexes.TryGetValue(pointer, out var known))
        {
            return known;
        }

        var node = Root;
        foreach (var name in Parse(pointer))
        {
            node = node.Child(name);
        }

        _indexes.Add(pointer, node.Index = _indexes.Count);
        return node.Index;
    }

    private static string[] Parse(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        if (pointer[0] != '/')
        {
            throw new FormatException($"\"{pointer}\" is no JSON pointer: it must be empty or begin with \"/\".");
        }

        var names = pointer[1..].Split('/');
        return Array.ConvertAll(names, name => Unescape(name, pointer));
    }

    private static string Unescape(string name, string pointer)
    {
        for (var i = name.IndexOf('~', StringComparison.Ordinal); i >= 0; i = name.IndexOf('~', i + 1))
        {
            if (i + 1 == name.Length || name[i + 1] is not ('0' or '1'))
            {
                throw new FormatException($"\"{pointer}\" is no JSON pointer: \"~\" must be followed by 0 or 1.");
            }
        }

        return name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }

    internal sealed class Node(byte[] name)
    {
        private Node[] _children = [];

        // One bit for each length of a child's name: most names in a record are nobody's, and are told by it.
        private ulong _lengths;

        public int Index { get; set; } = -1;

        public bool IsLeaf => _children.Length == 0;

        public Node Child(string childName)
        {
            var utf8 = Encoding.UTF8.GetBytes(childName);
            if (Array.Find(_children, child => child.HasName(utf8)) is { } known)
            {
                return known;
            }

            var child = new Node(utf8);
            _children = [.. _children, child];
            _lengths |= LengthBit(utf8);
            return child;
        }

        public Node? FindProperty(ref Utf8JsonReader reader)
        {
            if (reader.ValueIsEscaped)
            {
                return FindEscaped(ref reader);
            }

            var property = reader.ValueSpan;
            if ((_lengths & LengthBit(property)) == 0)
            {
                return null;
            }

            foreach (var child in _children)
            {
                if (child.HasName(property))
                {
                    return child;
                }
            }

            return null;
        }

        public Node? FindElement(int position)
        {
            Span<byte> digits = stackalloc byte[10];
            position.TryFormat(digits, out var length);
            foreach (var child in _children)
            {
                if (child.HasName(digits[..length]))
                {
                    return child;
                }
            }

            return null;
        }

        private ReadOnlySpan<byte> Name => name;

        /// <summary>A name with an escape that is no Unicode text (a lone surrogate) is nobody's.</summary>
        private Node? FindEscaped(ref Utf8JsonReader reader)
        {
            try
            {
                var utf8 = Encoding.UTF8.GetBytes(reader.GetString()!);
                return Array.Find(_children, child => child.HasName(utf8));
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        private static ulong LengthBit(ReadOnlySpan<byte> text) => 1UL << (text.Length & 63);

        private bool HasName(ReadOnlySpan<byte> other) => Name.SequenceEqual(other);
    }
}
