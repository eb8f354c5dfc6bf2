namespace DataToEvents.Commands;

/// <summary>Finds the word that was probably meant.</summary>
public static class Spelling
{
    /// <summary>The nearest of the words that are allowed; null when none is near: a third of the letters may be wrong, missing, too many or swapped.</summary>
    public static string? Nearest(string word, IEnumerable<string> allowed)
    {
        var nearest = allowed.Select(candidate => (candidate, Distance: Distance(word, candidate))).OrderBy(static entry => entry.Distance).FirstOrDefault();
        return nearest.candidate is not null && nearest.Distance <= Math.Max(1, word.TrimStart('-').Length / 3) ? nearest.candidate : null;
    }

    /// <summary>"; did you mean X?", or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> allowed) => Nearest(word, allowed) is { } nearest ? $"; did you mean {nearest}?" : ".";

    /// <summary>Optimal string alignment: letters that are changed, added, left out, or swapped with their neighbour.</summary>
    private static int Distance(string from, string to)
    {
        var steps = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }

                steps[i, j] = Math.Min(Math.Min(steps[i - 1, j], steps[i, j - 1]) + 1, steps[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[from.Length, to.Length];
    }
}
