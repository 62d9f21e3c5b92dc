using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace TorchBoard.Extensions.Hosting;

/// <summary>Reads the options of a writer from the configuration.</summary>
internal static class WriterConfiguration
{
    /// <summary>The section of the writer without a key; those of keyed writers are below <c>Writers</c>.</summary>
    private const string Section = "TorchBoard";

    public static IConfigurationSection SectionOf(IConfiguration configuration, string key) => key == Options.DefaultName
        ? configuration.GetSection(Section)
        : configuration.GetSection($"{Section}:{nameof(WriterSettings.Writers)}:{key}");

    /// <exception cref="OptionsValidationException">A name is unknown or a value is invalid.</exception>
    public static void Apply(IConfiguration section, TorchBoardOptions options, string key)
    {
        string path = section is IConfigurationSection { Path: var found } ? found : "the configuration of TorchBoard";
        try
        {
            var settings = new WriterSettings();
            section.Bind(settings, binding => binding.ErrorOnUnknownConfiguration = true);
            settings.ApplyTo(options);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new OptionsValidationException(key, typeof(TorchBoardOptions), [$"'{path}': {e.Message}"]);
        }
    }
}
