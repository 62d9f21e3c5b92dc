using System.Reflection;
using TorchSharp;

namespace TorchBoard.Tests.Collection;

/// <summary>
/// A number that is given to TorchSharp becomes a <see cref="Scalar"/>, and only its handle is given on: nothing keeps
/// the object, so its finalizer may free the number while libtorch reads it. The adapter therefore makes no such object
/// but those that it holds for ever, and calls no method of TorchSharp that makes one.
/// </summary>
internal sealed class HeldNumberTests
{
    private static readonly HashSet<MethodBase> Makers = MakersOf(typeof(torch).Assembly);

    [Test]
    public void The_adapter_makes_no_number_that_nothing_holds()
    {
        string[] found =
        [
            .. from method in MethodCalls.AllIn(typeof(TensorExtensions).Assembly)
               where method is not ConstructorInfo { IsStatic: true, DeclaringType.Name: nameof(HeldScalars) }
               from called in MethodCalls.Of(method)
               where Makers.Contains(called) && !TakesTensors(called)
               select $"{method.DeclaringType}.{method.Name} calls {called.DeclaringType}.{called}",
        ];

        Assert.That(found, Is.Empty, string.Join('\n', found));
    }

    // It makes numbers of its arguments that are numbers; the adapter has tensors only.
    private static bool TakesTensors(MethodBase called) =>
        called is { Name: "call", DeclaringType.FullName: "TorchSharp.torch+jit+ScriptModule" };

    // Those that make a Scalar, and those that call one of them.
    private static HashSet<MethodBase> MakersOf(Assembly assembly)
    {
        var callers = new Dictionary<MethodBase, List<MethodBase>>();
        foreach (MethodBase method in MethodCalls.AllIn(assembly))
        {
            foreach (MethodBase called in MethodCalls.Of(method))
            {
                if (!callers.TryGetValue(called, out List<MethodBase>? of))
                    callers[called] = of = [];
                of.Add(method);
            }
        }

        HashSet<MethodBase> makers = [.. typeof(Scalar).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)];
        var open = new Stack<MethodBase>(makers);
        while (open.TryPop(out MethodBase? maker))
        {
            foreach (MethodBase caller in callers.GetValueOrDefault(maker, []))
            {
                if (makers.Add(caller))
                    open.Push(caller);
            }
        }

        return makers;
    }
}
