using System.CommandLine;

namespace TorchBoard.Tool.Output;

/// <summary>The options that determine how curves are drawn.</summary>
internal sealed class CurveStyleOptions
{
    private readonly Option<double> _smooth = new("--smooth")
    {
        Description = "Smooth curves as TensorBoard does: at least 0, less than 1.",
        HelpName = "W",
    };

    private readonly Option<bool> _log = new("--log") { Description = "Use a logarithmic vertical axis." };
    private readonly Option<string> _x = HorizontalAxis.Option();
    private readonly Option<bool> _all = new("--all")
    {
        Description = $"Draw each run. By default, the mean, least and greatest of more than {CurveStyle.MostCurves} runs.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_smooth);
        command.Options.Add(_log);
        command.Options.Add(_x);
        command.Options.Add(_all);
    }

    /// <exception cref="UsageException">The weight of smoothing is out of range.</exception>
    public CurveStyle Of(ParseResult arguments)
    {
        double smoothing = arguments.GetValue(_smooth);
        if (smoothing is not (>= 0 and < 1))
            throw new UsageException($"--smooth must be at least 0 and less than 1; was {Shown.Value(smoothing)}.");
        return new CurveStyle(
            smoothing, arguments.GetValue(_log), HorizontalAxis.Named(arguments.GetValue(_x)), arguments.GetValue(_all));
    }
}
