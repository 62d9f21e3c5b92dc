namespace TorchBoard.Imaging;

/// <summary>Names the type whose formatters show the values of a type in a notebook.</summary>
/// <remarks>
/// .NET Interactive finds an attribute of this name and its source by convention, so that the library does not depend on
/// it. Nothing else uses them: a trimmed program may lose their members.
/// </remarks>
/// <param name="formatterSourceType">
/// A type with a public constructor without parameters and a method <c>CreateTypeFormatters</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;
}
