using System.Text;

namespace DataToEvents.Domain;

internal static class KeyText
{
    /// <summary>A key can be stored only if it is not empty, fits, and has no lone surrogate (which has no UTF-8 form).</summary>
    public static bool Fits(string? value, int maxBytes)
    {
        if (string.IsNullOrEmpty(value) || value.Length > maxBytes)
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]) && !(i + 1 < value.Length && char.IsSurrogatePair(value, i++)))
            {
                return false;
            }
        }

        return Encoding.UTF8.GetByteCount(value) <= maxBytes;
    }
}
