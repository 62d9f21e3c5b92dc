using System.CommandLine;

namespace TorchBoard.Tool.Output.Pictures;

/// <summary>The option that says how pictures are shown. By default, the environment says what the terminal can; nothing asks it.</summary>
internal static class PictureProtocols
{
    private const string Auto = "auto";

    private static readonly (string Name, PictureProtocol Protocol)[] Names =
    [
        ("kitty", PictureProtocol.Kitty), ("iterm", PictureProtocol.ITerm), ("sixel", PictureProtocol.Sixel),
        ("blocks", PictureProtocol.Blocks), ("none", PictureProtocol.None),
    ];

    public static Option<string> Option()
    {
        var option = new Option<string>("--pictures")
        {
            Description = "How to show pictures. By default, as the terminal can; in a pipe, not at all.",
            DefaultValueFactory = _ => Auto,
        };
        option.AcceptOnlyFromAmong([Auto, .. Names.Select(name => name.Name)]);
        return option;
    }

    /// <exception cref="UsageException">The output is no terminal, which escape sequences would make unreadable.</exception>
    public static PictureProtocol Of(string? name, Terminal terminal, Func<string, string?> environment)
    {
        if (name is null or Auto)
            return terminal.IsInteractive ? OfTerminal(environment) : PictureProtocol.None;
        PictureProtocol protocol = Array.Find(Names, one => one.Name == name).Protocol;
        return terminal.IsInteractive || protocol is PictureProtocol.None or PictureProtocol.Blocks
            ? protocol
            : throw new UsageException($"--pictures {name} needs a terminal; 'torchboard export DIR --format files' writes pictures to files.");
    }

    public static PictureProtocol OfTerminal(Func<string, string?> environment)
    {
        string term = environment("TERM") ?? "";
        string program = environment("TERM_PROGRAM") ?? "";

        // A multiplexer does not pass graphics on.
        if (environment("TMUX") is not null || environment("STY") is not null || term.StartsWith("screen", StringComparison.Ordinal)
            || term.StartsWith("tmux", StringComparison.Ordinal))
        {
            return PictureProtocol.Blocks;
        }

        if (environment("KITTY_WINDOW_ID") is not null || term is "xterm-kitty" or "xterm-ghostty" || program == "ghostty")
            return PictureProtocol.Kitty;
        if (program is "iTerm.app" or "WezTerm")
            return PictureProtocol.ITerm;
        bool hasSixel = term.Contains("sixel", StringComparison.Ordinal) || term is "mlterm" or "foot" or "foot-extra" or "contour"
            || program == "mintty";
        return hasSixel ? PictureProtocol.Sixel : PictureProtocol.Blocks;
    }
}
