using System.Reflection;
using System.Xml.Linq;

namespace TorchBoard.TestKit.PublicApi;

/// <summary>What the documentation of a library leaves out.</summary>
internal static class ApiDocumentation
{
    public static string[] FaultsOf(Assembly library)
    {
        var file = XDocument.Load(Path.ChangeExtension(library.Location, ".xml"));
        Dictionary<string, XElement> documentation =
            file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

        return
        [
            .. from type in ApiText.TypesOf(library)
               from member in OwnMembers(type).Prepend(type)
               from fault in Faults(member, documentation)
               select $"{type.Name}: {fault}",
        ];
    }

    // A delegate's members are the compiler's.
    private static IEnumerable<MemberInfo> OwnMembers(Type type) =>
        typeof(Delegate).IsAssignableFrom(type) ? [] : ApiText.MembersOf(type);

    private static IEnumerable<string> Faults(MemberInfo member, Dictionary<string, XElement> documentation)
    {
        string id = DocumentationId.Of(member);
        if (!documentation.TryGetValue(id, out XElement? own))
        {
            // A class without a constructor of its own has one that cannot be documented.
            if (member is not ConstructorInfo constructor || constructor.GetParameters().Length > 0)
                yield return $"{id} has no documentation";
            yield break;
        }

        XElement[] said = [own, .. Inherited(own, documentation)];
        bool isInherited = own.Element("inheritdoc") is not null;
        if (!isInherited && string.IsNullOrWhiteSpace(own.Element("summary")?.Value))
            yield return $"{id} has no summary";
        if (member is not MethodBase method || isInherited && said.Length == 1)
            yield break;

        foreach (ParameterInfo parameter in method.GetParameters())
        {
            if (!said.Elements("param").Any(
                text => text.Attribute("name")?.Value == parameter.Name && text.Value.Trim().Length > 0))
                yield return $"{id} does not say what '{parameter.Name}' is";
        }

        // Where a tag is taken, one that is none is refused; so it has to be said.
        if (method.GetParameters().Any(parameter => parameter.Name == "tag")
            && method.Name.StartsWith("Add", StringComparison.Ordinal)
            && !said.Elements("exception").Any(text => text.Attribute("cref")?.Value == "T:System.ArgumentException"))
            yield return $"{id} does not say when it throws an ArgumentException";
    }

    private static IEnumerable<XElement> Inherited(XElement own, Dictionary<string, XElement> documentation)
    {
        while (own.Element("inheritdoc")?.Attribute("cref")?.Value is { } source
            && documentation.TryGetValue(source, out own!))
            yield return own;
    }
}
