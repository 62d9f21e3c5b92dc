using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using TorchBoard.Imaging;
using TorchBoard.Protos;

namespace TorchBoard.Server.Tests.Http.Kinds;

internal sealed class ImagesTests
{
    [Test]
    public async Task Pictures_are_listed_and_each_is_sent_as_it_was_written()
    {
        await using KindPage page = await KindPage.StartAsync(writer =>
        {
            writer.AddImage<byte>("picture", [0, 255, 128, 1], 3, ImageLayout.Hw, [2, 2]);
            writer.AddImage<byte>("picture", [1, 2, 3, 4, 5, 6], 7, ImageLayout.Hw, [2, 3]);
        });

        JsonNode series = (await page.GetAsync("/api/images?tag=picture"))["series"]![0]!;
        (string? type, byte[] bytes) = await page.GetBytesAsync("/api/image?run=1&tag=picture&step=7&index=0");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await page.TagsAsync(), Is.EqualTo(["image:picture"]));
            Assert.That(series["steps"]!.ToJsonString(), Is.EqualTo("[3,7]"));
            Assert.That(
                series["values"]![1]!.ToJsonString(),
                Is.EqualTo($$"""[{"width":3,"height":2,"format":"png","bytes":{{bytes.Length}}}]"""));
            Assert.That(type, Is.EqualTo("image/png"));
            Assert.That(bytes[..4], Is.EqualTo((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G']));
        }
    }

    [TestCase("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "Pictures of the format SVG are not shown.")]
    [TestCase("II*\0----", "Pictures of the format TIFF are not shown.")]
    [TestCase("<html><script>alert(1)</script>", "The format of the picture is unknown.")]
    public async Task What_is_no_picture_for_browsers_is_refused_and_named(string content, string message)
    {
        await using KindPage page = await KindPage.StartInAsync(directory => RawEvents.Write(
            directory,
            RawEvents.Value(1, new Summary.Types.Value
            {
                Tag = "picture",
                Image = new Summary.Types.Image { EncodedImageString = ByteString.CopyFrom(content, Encoding.ASCII) },
            })));

        Assert.That(await page.RefusedAsync("/api/image?run=1&tag=picture&step=1"), Is.EqualTo((415, message)));
    }

    [TestCase("/api/image?tag=picture&step=3", 400)]
    [TestCase("/api/image?run=2&tag=picture&step=3", 404)]
    [TestCase("/api/image?run=1&tag=other&step=3", 404)]
    [TestCase("/api/image?run=1&tag=picture&step=4", 404)]
    [TestCase("/api/image?run=1&tag=picture&step=3&index=1", 404)]
    [TestCase("/api/image?run=1&tag=picture&step=3&index=-1", 400)]
    [TestCase("/api/image?run=1&tag=picture&step=x", 400)]
    [TestCase("/api/image?run=1&tag=text&step=3", 404)]
    public async Task A_picture_that_does_not_exist(string path, int status)
    {
        await using KindPage page = await KindPage.StartAsync(writer =>
        {
            writer.AddImage<byte>("picture", [0, 255, 128, 1], 3, ImageLayout.Hw, [2, 2]);
            writer.AddText("text", "a", 3);
        });

        Assert.That((await page.RefusedAsync(path)).Status, Is.EqualTo(status));
    }
}
