namespace DataToEvents.Domain.Json;

/// <summary>JSON pointers (RFC 6901), merged into one tree so that a single pass over a document finds them all.</summary>
/// <param name="ignoreCase">Whether names are found in any case of the letters A to Z.</param>
internal sealed class JsonPointerSet(bool ignoreCase = false)
{
    private readonly Dictionary<string, int> _indexes = [];
    private int _count;

    public Node Root { get; } = new([], ignoreCase);

    /// <summary>The number of values that a scan captures.</summary>
    public int Count => _count;

    /// <summary>Adds a pointer once and returns the index under which a scan captures its value.</summary>
    /// <exception cref="FormatException">Not a JSON pointer.</exception>
    public int Add(string pointer)
    {
        if (_indexes.TryGetValue(pointer, out var known))
        {
            return known;
        }

        var path = new List<Node> { Root };
        foreach (var name in Parse(pointer))
        {
            path.Add(path[^1].Child(name));
        }

        // Two spellings of one name are one node where the case does not matter.
        var index = path[^1].Index >= 0 ? path[^1].Index : path[^1].Index = _count++;
        path.GetRange(0, path.Count - 1).ForEach(above => above.AddBelow(index));
        _indexes.Add(pointer, index);
        return index;
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

    internal sealed class Node(byte[] name, bool ignoreCase)
    {
        private Node[] _children = [];
        private int[] _below = [];

        // One bit for each length of a child's name. Most names in a record match no pointer, and their length alone shows it.
        private ulong _lengths;

        public int Index { get; set; } = -1;

        public bool IsLeaf => _children.Length == 0;

        /// <summary>The indexes of the pointers that lead on from here.</summary>
        public ReadOnlySpan<int> Below => _below;

        public void AddBelow(int index)
        {
            if (!_below.Contains(index))
            {
                _below = [.. _below, index];
            }
        }

        public Node Child(string childName)
        {
            var utf8 = Encoding.UTF8.GetBytes(childName);
            if (Array.Find(_children, child => child.HasName(utf8)) is { } known)
            {
                return known;
            }

            var child = new Node(utf8, ignoreCase);
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

        /// <summary>A name whose escapes are not valid Unicode (a lone surrogate) matches no pointer.</summary>
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

        private bool HasName(ReadOnlySpan<byte> other) => Name.SequenceEqual(other) || (ignoreCase && Ascii.EqualsIgnoreCase(Name, other));
    }
}
