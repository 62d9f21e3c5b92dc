using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

[assembly: ForeignCulture]

/// <summary>NUnit gives each test the culture of its own context, so it has to be told too.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ForeignCultureAttribute : NUnitAttribute, IApplyToContext
{
    public void ApplyToContext(TestExecutionContext context) => context.CurrentCulture = ForeignCulture.Culture;
}
