using FsCheck.Fluent;

namespace TorchBoard.Tests.Properties;

/// <summary>What is added reads back as it was, whatever it was.</summary>
internal sealed class EventProperties
{
    [Test]
    public void Scalars_of_any_tag_value_and_step_read_back()
    {
        var points =
            from tag in Seeded.Texts
            from value in Seeded.Floats
            from step in Seeded.Longs.Or(Gen.Choose(0, 1000).Select(i => (long)i))
            select (tag, value, step);
        Seeded.Holds(
            points.NonEmptyListOf(),
            list =>
            {
                RunLog run = Written(writer =>
                {
                    foreach ((string tag, float value, long step) in list)
                        writer.AddScalar(tag, value, step);
                });
                Assert.That(run.Scalars.Keys, Is.EquivalentTo(list.Select(point => point.tag).Distinct()));
                foreach (var points in list.GroupBy(point => point.tag))
                {
                    ScalarSeries series = run.Scalars[points.Key];
                    Assert.That(series.Steps.ToArray(), Is.EqualTo(points.Select(point => point.step)));
                    Assert.That(series.Values.ToArray(), Is.EqualTo(points.Select(point => (double)point.value)));
                }
            },
            times: 60);
    }

    [Test]
    public void Texts_and_tensors_of_any_content_read_back()
    {
        var inputs =
            from tag in Seeded.Texts
            from text in Seeded.Texts
            from rows in Gen.Choose(1, 5)
            from values in Seeded.Doubles.ArrayOf(rows * 3)
            select (tag, text, rows, values);
        Seeded.Holds(
            inputs,
            input =>
            {
                RunLog run = Written(writer =>
                {
                    writer.AddText("text/" + input.tag, input.text, 1);
                    writer.AddTensor<double>("tensor/" + input.tag, input.values, 2, [input.rows, 3]);
                });
                TensorValue tensor = run.Tensors["tensor/" + input.tag].Values[0];
                Assert.That(run.Text["text/" + input.tag].Values[0].ToString(), Is.EqualTo(input.text));
                Assert.That(tensor.Shape.ToArray(), Is.EqualTo([(long)input.rows, 3]));
                Assert.That(tensor.ToDoubles(), Is.EqualTo(input.values));
            },
            times: 60);
    }

    private static RunLog Written(Action<SummaryWriter> add)
    {
        using var directory = new TestDirectory();
        using (var writer = new SummaryWriter(directory))
            add(writer);
        RunLog run = RunLog.Open(directory);
        Assert.That(run.Errors, Is.Empty);
        return run;
    }
}
