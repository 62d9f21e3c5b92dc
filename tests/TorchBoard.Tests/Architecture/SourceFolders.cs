using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace TorchBoard.Tests.Architecture;

/// <summary>The source folder of each type of an assembly, from its debug symbols.</summary>
internal sealed class SourceFolders : IDisposable
{
    // Where the compiler lists the documents of types that have no code of their own, such as enums.
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private readonly string _root;
    private readonly FileStream _file;
    private readonly MetadataReaderProvider _provider;
    private readonly MetadataReader _symbols;

    /// <param name="assembly">The assembly; its symbols lie beside it.</param>
    /// <param name="project">The name of the folder that holds its sources.</param>
    public SourceFolders(Assembly assembly, string project)
    {
        _root = $"/{project}/";
        _file = File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb"));
        _provider = MetadataReaderProvider.FromPortablePdbStream(_file);
        _symbols = _provider.GetMetadataReader();
    }

    /// <summary>The first folder below the project; empty for the project itself, null for generated code.</summary>
    public string? Of(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return DocumentsOf(type).Select(FolderOf).FirstOrDefault(folder => folder is not null);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _file.Dispose();
    }

    private IEnumerable<DocumentHandle> DocumentsOf(Type type)
    {
        const BindingFlags declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
            | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (MethodBase method in type.GetMethods(declared).Concat<MethodBase>(type.GetConstructors(declared)))
        {
            var handle = (MethodDefinitionHandle)MetadataTokens.Handle(method.MetadataToken);
            DocumentHandle document = _symbols.GetMethodDebugInformation(handle.ToDebugInformationHandle()).Document;
            if (!document.IsNil)
                yield return document;
        }

        var definition = (TypeDefinitionHandle)MetadataTokens.Handle(type.MetadataToken);
        foreach (CustomDebugInformationHandle handle in _symbols.GetCustomDebugInformation(definition))
        {
            CustomDebugInformation information = _symbols.GetCustomDebugInformation(handle);
            if (_symbols.GetGuid(information.Kind) != TypeDefinitionDocuments)
                continue;
            BlobReader documents = _symbols.GetBlobReader(information.Value);
            while (documents.RemainingBytes > 0)
                yield return MetadataTokens.DocumentHandle(documents.ReadCompressedInteger());
        }

        foreach (Type nested in type.GetNestedTypes(declared))
        {
            foreach (DocumentHandle document in DocumentsOf(nested))
                yield return document;
        }
    }

    private string? FolderOf(DocumentHandle handle)
    {
        string path = _symbols.GetString(_symbols.GetDocument(handle).Name).Replace('\\', '/');
        int at = path.LastIndexOf(_root, StringComparison.Ordinal);
        if (at < 0)
            return null;
        string[] parts = path[(at + _root.Length)..].Split('/');
        return parts[0] is "obj" ? null : parts.Length > 1 ? parts[0] : "";
    }
}
