using System.Buffers.Text;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>Applies an entry's <c>mask</c> to a payload: it replaces the values at the mask's pointers, and all other bytes stay as they are.</summary>
internal sealed class Masking
{
    private const string Hidden = "****";
    private const string TokenPrefix = "tok_";
    private const int ShownCharacters = 4;

    /// <summary>The shortest text whose last four characters are shown. In a shorter text they would be more than half.</summary>
    private const int LeastCharacters = 8;

    /// <summary>Bytes of the HMAC in a token. With 128 bits, two values do not get the same token in practice.</summary>
    private const int TokenBytes = 16;

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly JsonPointerSet _pointers;
    private readonly List<(string Pointer, MaskForm Form)> _masks = [];

    private Masking(bool ignoreCase) => _pointers = new JsonPointerSet(ignoreCase);

    /// <summary>Whether a mask needs a <see cref="MaskKey"/>.</summary>
    public bool IsKeyed => _masks.Exists(static mask => mask.Form is MaskForm.Hash or MaskForm.Token);

    /// <param name="entry">The catalog's entry; <c>stream</c>, <c>id</c> and <c>time</c> are read from the masked payload, so a mask must leave them there.</param>
    /// <exception cref="CatalogException">Its masks make no sense; the message names the place.</exception>
    public static Masking? Read(CatalogNode entry, bool ignoreCase)
    {
        if (entry.Optional("mask") is not { } masks)
        {
            return null;
        }

        var masking = new Masking(ignoreCase);
        foreach (var mask in masks.Elements())
        {
            masking.Add(mask, entry);
        }

        return masking._masks.Count > 0 ? masking : throw masks.Wrong("at least one mask");
    }

    /// <summary>The payload with its masks on.</summary>
    /// <param name="json">One JSON text in valid UTF-8, without white space around it.</param>
    /// <param name="key">For keyed masks.</param>
    /// <exception cref="InvalidOperationException">A mask is keyed, and there is no key.</exception>
    public ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> json, MaskKey? key)
    {
        if (key is null && IsKeyed)
        {
            throw new InvalidOperationException("The catalog masks values with a key, and there is none.");
        }

        var edits = new List<MaskEdit>();
        var reader = new Utf8JsonReader(json.Span, AnyDepth);
        reader.Read();
        Visit(ref reader, _pointers.Root, json.Span, key, edits);
        return edits.Count == 0 ? json : Edited(json.Span, edits);
    }

    private static byte[] Edited(ReadOnlySpan<byte> json, List<MaskEdit> edits)
    {
        var masked = new byte[json.Length + edits.Sum(static edit => edit.Text.Length - (edit.End - edit.Start))];
        var (read, written) = (0, 0);
        foreach (var edit in edits)
        {
            json[read..edit.Start].CopyTo(masked.AsSpan(written));
            written += edit.Start - read;
            edit.Text.CopyTo(masked.AsSpan(written));
            written += edit.Text.Length;
            read = edit.End;
        }

        json[read..].CopyTo(masked.AsSpan(written));
        return masked;
    }

    private void Add(CatalogNode node, CatalogNode entry)
    {
        node.AllowOnly("pointer", "how");
        var pointer = node.Required("pointer").Text(allowEmpty: true);
        var how = node.Required("how");
        var form = how.Text() switch
        {
            "remove" => MaskForm.Remove,
            "hash" => MaskForm.Hash,
            "token" => MaskForm.Token,
            "last4" => MaskForm.Last4,
            _ => throw how.Wrong("remove, hash, token or last4"),
        };
        var count = _masks.Count;
        try
        {
            if (_pointers.Add(pointer) < count)
            {
                throw node.Wrong($"one mask for {pointer}, which has two");
            }
        }
        catch (FormatException fault)
        {
            throw node.Required("pointer").Wrong($"a JSON pointer; {fault.Message}");
        }

        foreach (var name in new[] { "type", "stream", "id", "time" })
        {
            var lost = entry.Optional(name) is { } used
                ? PlacesOf(used).FirstOrDefault(place => place.StartsWith($"{pointer}/", StringComparison.Ordinal) || (place == pointer && form == MaskForm.Remove))
                : null;
            if (lost is not null)
            {
                throw node.Wrong($"a mask that leaves {lost} in the record, because it is the entry's {name}");
            }
        }

        _masks.Add((pointer, form));
    }

    /// <summary>The pointers of a member that is a pointer, a template, a list of them, or an object with one.</summary>
    private static IEnumerable<string> PlacesOf(CatalogNode node) =>
        node.IsArray ? node.Elements().SelectMany(PlacesOf)
        : node.IsObject ? node.Optional("pointer") is { } pointer ? PlacesOf(pointer) : []
        : !node.IsString ? []
        : node.Text(allowEmpty: true) is var text && text.Contains("{/", StringComparison.Ordinal) ? text.Split("{/").Skip(1).Select(static part => "/" + part.Split('}')[0])
        : [text];

    /// <summary>Passes the value at the reader. What lies in a value that is masked as a whole is not looked at.</summary>
    private void Visit(ref Utf8JsonReader reader, JsonPointerSet.Node? node, ReadOnlySpan<byte> json, MaskKey? key, List<MaskEdit> edits)
    {
        if (node is { Index: >= 0 })
        {
            var (type, start) = (reader.TokenType, (int)reader.TokenStartIndex);
            reader.Skip();
            var value = new JsonSlice(type, start, (int)reader.BytesConsumed - start);
            edits.Add(new MaskEdit(start, start + value.Length, Masked(value, json, _masks[node.Index].Form, key)));
        }
        else if (node is null || node.IsLeaf || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            reader.Skip();
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            VisitMembers(ref reader, node, json, key, edits);
        }
        else
        {
            for (var position = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; position++)
            {
                Visit(ref reader, node.FindElement(position), json, key, edits);
            }
        }
    }

    /// <summary>A member that is removed goes with the comma and the white space before it, or behind it if no member is left before it.</summary>
    private void VisitMembers(ref Utf8JsonReader reader, JsonPointerSet.Node node, ReadOnlySpan<byte> json, MaskKey? key, List<MaskEdit> edits)
    {
        const int Nothing = -1;
        var (isAnyLeft, end, firstRemoved) = (false, 0, Nothing);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, child) = ((int)reader.TokenStartIndex, node.FindProperty(ref reader));
            var isRemoved = child is { Index: >= 0 } && _masks[child.Index].Form == MaskForm.Remove;
            if (!isRemoved && firstRemoved != Nothing)
            {
                edits.Add(new MaskEdit(firstRemoved, name, []));
                firstRemoved = Nothing;
            }

            reader.Read();
            if (!isRemoved)
            {
                Visit(ref reader, child, json, key, edits);
                isAnyLeft = true;
            }
            else
            {
                reader.Skip();
                if (isAnyLeft)
                {
                    edits.Add(new MaskEdit(end, (int)reader.BytesConsumed, []));
                }
                else if (firstRemoved == Nothing)
                {
                    firstRemoved = name;
                }
            }

            end = (int)reader.BytesConsumed;
        }

        if (firstRemoved != Nothing)
        {
            edits.Add(new MaskEdit(firstRemoved, end, []));
        }
    }

    /// <summary>Returns the replacement for a value. A null stays. A removed element of an array, or a removed payload, becomes null.</summary>
    private static byte[] Masked(JsonSlice value, ReadOnlySpan<byte> json, MaskForm form, MaskKey? key)
    {
        if (form == MaskForm.Remove || value.Type == JsonTokenType.Null)
        {
            return "null"u8.ToArray();
        }

        var text = value.Key(json);
        if (form == MaskForm.Last4)
        {
            return JsonSerializer.SerializeToUtf8Bytes(Hidden + Last(text), TextJson.Default.String);
        }

        // Strings and numbers are hashed by their text, other values by their JSON.
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key!.Bytes, text is null ? value.Raw(json) : Encoding.UTF8.GetBytes(text), digest);
        return Encoding.ASCII.GetBytes(form == MaskForm.Hash ? $"\"{Convert.ToHexStringLower(digest)}\"" : $"\"{TokenPrefix}{Base64Url.EncodeToString(digest[..TokenBytes])}\"");
    }

    /// <summary>The last characters of a text that has enough others.</summary>
    private static string Last(string? text)
    {
        var runes = (text ?? "").EnumerateRunes().ToArray();
        return runes.Length < LeastCharacters ? "" : string.Concat(runes[^ShownCharacters..].Select(static rune => rune.ToString()));
    }
}

internal enum MaskForm
{
    /// <summary>The member is taken out.</summary>
    Remove,

    /// <summary>HMAC-SHA256 of the value, 64 hex digits.</summary>
    Hash,

    /// <summary><c>tok_</c> and the first half of that HMAC, in base64url.</summary>
    Token,

    /// <summary>Four stars and the last four characters.</summary>
    Last4,
}

/// <summary>Bytes of a payload, and what stands in their place.</summary>
internal readonly record struct MaskEdit(int Start, int End, byte[] Text);
