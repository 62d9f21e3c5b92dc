namespace TorchBoard.Drawing.Fonts;

/// <summary>Finds the font files of the system, in an order that does not depend on the file system.</summary>
internal static class SystemFonts
{
    private const int MostFiles = 10_000;
    private const int DeepestFolder = 8;

    /// <summary>
    /// Regular sans-serif fonts with many characters, the best first. Other fonts follow by name, regular ones before
    /// those of another style.
    /// </summary>
    private static readonly string[] Known =
    [
        // Linux.
        "DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc",
        "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf", "wqy-microhei.ttc",
        "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf",
        "NotoSansMath-Regular.ttf", "NotoSansSymbols-Regular.ttf", "NotoSansSymbols2-Regular.ttf",

        // Windows.
        "segoeui.ttf", "msyh.ttc", "YuGothM.ttc", "meiryo.ttc", "malgun.ttf", "msjh.ttc", "seguisym.ttf", "arial.ttf",

        // macOS.
        "Arial Unicode.ttf", "PingFang.ttc", "Hiragino Sans GB.ttc", "AppleSDGothicNeo.ttc", "STHeiti Light.ttc",
        "Apple Symbols.ttf",
    ];

    private static readonly string[] Styles =
    [
        "bold", "italic", "oblique", "black", "heavy", "medium", "light", "thin", "condensed", "narrow", "mono",
        "serif", "script", "caption", "nastaliq", "kufi",
    ];

    /// <summary>Fonts with placeholders for every character, or with color glyphs only.</summary>
    private static readonly string[] WithoutLetters =
        ["lastresort", "adobeblank", "notdef", "coloremoji", "color emoji"];

    private static readonly string[] Extensions = [".ttf", ".otf", ".ttc", ".otc"];

    /// <summary>Returns the font files of the system and the user, the best first.</summary>
    public static IReadOnlyList<string> Files() => Files(Folders());

    /// <summary>Returns the font files below directories, the best first. Missing directories are ignored.</summary>
    public static IReadOnlyList<string> Files(IEnumerable<string> folders)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = DeepestFolder,
            IgnoreInaccessible = true,
        };
        return
        [
            .. folders.Where(Directory.Exists)
                .SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles("*", options))
                .Where(file => IsFont(file.Name))
                .Take(MostFiles)

                // Links, which may form loops, lead to the same file several times.
                .DistinctBy(file => (file.Name, file.Length))
                .Select(file => file.FullName)
                .OrderBy(Rank)
                .ThenBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase)
                .ThenBy(path => path, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Folders()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            return
            [
                Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
                Path.Combine(local, "Microsoft", "Windows", "Fonts"),
            ];
        }

        if (OperatingSystem.IsMacOS())
            return [Path.Combine(home, "Library/Fonts"), "/Library/Fonts", "/System/Library/Fonts"];
        return
        [
            .. Listed("XDG_DATA_HOME", Path.Combine(home, ".local/share")).Select(data => Path.Combine(data, "fonts")),
            Path.Combine(home, ".fonts"),
            .. Listed("XDG_DATA_DIRS", "/usr/local/share:/usr/share").Select(data => Path.Combine(data, "fonts")),
        ];
    }

    private static IEnumerable<string> Listed(string variable, string usual)
    {
        string? value = Environment.GetEnvironmentVariable(variable);
        return (string.IsNullOrEmpty(value) ? usual : value)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathRooted);
    }

    private static bool IsFont(string name) =>
        Extensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        && !WithoutLetters.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static int Rank(string path)
    {
        string name = Path.GetFileName(path);
        int known = Array.FindIndex(Known, font => font.Equals(name, StringComparison.OrdinalIgnoreCase));
        return known >= 0
            ? known
            : Known.Length + Styles.Count(style => name.Contains(style, StringComparison.OrdinalIgnoreCase));
    }
}
