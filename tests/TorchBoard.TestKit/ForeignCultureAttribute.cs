using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace TorchBoard.TestKit;

/// <summary>Runs the tests of an assembly in <see cref="ForeignCulture"/>. NUnit sets the culture of each test itself.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ForeignCultureAttribute : NUnitAttribute, IApplyToContext
{
    public void ApplyToContext(TestExecutionContext context) => context.CurrentCulture = ForeignCulture.Culture;
}
