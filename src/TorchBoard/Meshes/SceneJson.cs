using System.Buffers;
using System.Numerics;
using System.Text;
using System.Text.Json;
using TorchBoard.Drawing;

namespace TorchBoard.Meshes;

/// <summary>
/// Writes a scene in TensorBoard's format: three.js objects as the name of their class (<c>cls</c>) and properties.
/// </summary>
internal static class SceneJson
{
    // The number of three.js for both sides of a face; 0 is front, 1 is back.
    private const int BothSides = 2;

    /// <summary>Returns the JSON of a scene; empty for none.</summary>
    public static string Of(MeshScene? scene)
    {
        if (scene is null)
            return "";
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            if (scene.Camera is { } camera)
                Write(json, camera);
            if (scene.Lights is { } lights)
                Write(json, lights);
            if (scene.Material is { } material)
                Write(json, material);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, MeshCamera camera)
    {
        json.WriteStartObject("camera");
        json.WriteString("cls", "PerspectiveCamera");
        json.WriteNumber("fov", camera.FieldOfView);
        json.WriteNumber("near", camera.Near);
        Write(json, "position", camera.Position);
        Write(json, "lookAt", camera.LookAt);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<MeshLight> lights)
    {
        json.WriteStartArray("lights");
        foreach (MeshLight light in lights)
        {
            json.WriteStartObject();
            json.WriteString("cls", light.ThreeClass);
            json.WriteString("color", Text(light.Color));
            json.WriteNumber("intensity", light.Intensity);
            Write(json, "position", light.Position);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, MeshMaterial material)
    {
        json.WriteStartObject("material");
        if (material is SurfaceMaterial surface)
            WriteProperties(json, surface);
        else if (material is PointMaterial points)
            WriteProperties(json, points);
        json.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter json, SurfaceMaterial surface)
    {
        json.WriteString("cls", surface.Lit ? "MeshStandardMaterial" : "MeshBasicMaterial");
        json.WriteString("color", Text(surface.Color));
        if (surface.Lit)
        {
            json.WriteNumber("roughness", surface.Roughness);
            json.WriteNumber("metalness", surface.Metalness);
        }

        if (surface.Opacity < 1)
        {
            json.WriteNumber("opacity", surface.Opacity);
            json.WriteBoolean("transparent", true);
        }

        if (surface.Wireframe)
            json.WriteBoolean("wireframe", true);
        if (surface.DoubleSided)
            json.WriteNumber("side", BothSides);
    }

    private static void WriteProperties(Utf8JsonWriter json, PointMaterial points)
    {
        json.WriteString("cls", "PointsMaterial");
        json.WriteNumber("size", points.Size);
        if (points.Color is { } color)
            json.WriteString("color", Text(color));
    }

    private static void Write(Utf8JsonWriter json, string name, Vector3? vector)
    {
        if (vector is not { } v)
            return;
        json.WriteStartArray(name);
        json.WriteNumberValue(v.X);
        json.WriteNumberValue(v.Y);
        json.WriteNumberValue(v.Z);
        json.WriteEndArray();
    }

    private static string Text(Color color) => $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}";
}
