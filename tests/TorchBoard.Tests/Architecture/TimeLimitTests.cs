using System.Reflection;
using NUnit.Framework.Interfaces;

namespace TorchBoard.Tests.Architecture;

/// <summary>
/// A limit of time only cancels a token. A test that does not take the token would run on; the runner's hang timeout bounds
/// such tests.
/// </summary>
internal sealed class TimeLimitTests
{
    [Test]
    public void A_test_with_a_limit_of_time_takes_the_token()
    {
        MethodInfo[] limited =
        [
            .. from type in typeof(TimeLimitTests).Assembly.GetTypes()
               from method in type.GetMethods()
               where method.GetCustomAttributes().Any(attribute => attribute is ISimpleTestBuilder or ITestBuilder)
               where HasLimit(type) || HasLimit(method)
               select method,
        ];
        IEnumerable<string> unlimited = limited
            .Where(method => !Array.Exists(method.GetParameters(), one => one.ParameterType == typeof(CancellationToken)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.That(limited, Is.Not.Empty, "the tests were found");
        Assert.That(unlimited, Is.Empty);
    }

    private static bool HasLimit(MemberInfo member) => member.IsDefined(typeof(CancelAfterAttribute), inherit: true);
}
