using TorchBoard.Events;
using TorchBoard.Protos;

namespace TorchBoard.Tests.Events;

internal sealed class ScalarTemplateTests
{
    private const double WallTime = 1_700_000_000.25;

    // Both sides of each number of base-128 digits, and of zero.
    private static readonly long[] Steps =
    [
        0, 1, -1, long.MinValue, long.MaxValue,
        .. Enumerable.Range(1, 9).SelectMany(digits => new[] { (1L << (7 * digits)) - 1, 1L << (7 * digits) }),
    ];

    [Test]
    public void Records_with_any_length_of_tag_and_step_equal_those_of_protobuf()
    {
        var templates = new ScalarTemplates();
        for (int length = 1; length <= 40; length++)
        {
            string tag = new('x', length);
            foreach (long step in Steps)
                Assert.That(Record(templates, tag, length / 3f, step), Is.EqualTo(Expected(tag, length / 3f, step)), $"{length}, {step}");
        }
    }

    [Test]
    public void A_record_does_not_touch_the_bytes_beside_it()
    {
        var templates = new ScalarTemplates();
        for (int length = 1; length <= 16; length++)
        {
            var scalar = new ScalarRecord(templates.Of(new string('x', length), 5), 1, 5, WallTime);
            byte[] memory = [.. Enumerable.Repeat((byte)0xEE, scalar.Length + 32)];
            scalar.WriteTo(ref memory[16]);

            Assert.That(memory[..16].Concat(memory[^16..]), Is.All.EqualTo(0xEE), $"{length}");
        }
    }

    [Test]
    public void Tags_and_steps_in_any_order_keep_their_own_records()
    {
        var templates = new ScalarTemplates();
        var random = new Random(1);
        string[] tags = [.. Enumerable.Range(0, 50).Select(i => new string((char)('a' + (i % 25)), 1 + (i / 2)))];
        for (int i = 0; i < 5000; i++)
        {
            // An equal string, but not the same instance.
            string tag = new(tags[random.Next(tags.Length)].AsSpan());
            long step = Steps[random.Next(Steps.Length)];
            Bytes.AssertEqual(Record(templates, tag, i, step), Expected(tag, i, step), tag);
        }
    }

    [Test]
    public void More_tags_than_are_kept_are_written_without_allocating()
    {
        var templates = new ScalarTemplates();
        string[] tags = [.. Enumerable.Range(0, 5000).Select(i => $"layer{i}/weight"), new string('x', 3000)];
        foreach (string tag in tags)
            Bytes.AssertEqual(Record(templates, tag, 1, 300), Expected(tag, 1, 300), tag);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int total = 0;
        foreach (string tag in tags)
            total += templates.Of(tag, 300).RecordLength;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
        Assert.That(total, Is.EqualTo(tags.Sum(tag => Expected(tag, 1, 300).Length)));
    }

    // Seven digits fit into a word; a step of more, or none, is encoded anew each time.
    [Test]
    public void A_template_serves_all_steps_with_as_many_digits([Range(1, 7)] int digits)
    {
        long first = 1L << (7 * (digits - 1)), last = (1L << (7 * digits)) - 1;
        var template = new ScalarTemplate();
        foreach (long step in (long[])[first, last])
        {
            template.Encode("loss", step);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(template.Fits(first) && template.Fits(last) && template.Fits(first + ((last - first) / 2)));
                Assert.That(template.Fits(last + 1), Is.False);
                Assert.That(template.Fits(digits == 1 ? 0 : first - 1), Is.False);
                Assert.That(template.Fits(-1), Is.False);
            }
        }
    }

    [TestCase(0)]
    [TestCase(1L << 49)]
    [TestCase(-1)]
    [TestCase(long.MaxValue)]
    public void A_template_of_any_other_step_serves_this_step_only(long step)
    {
        var template = new ScalarTemplate();
        template.Encode("loss", step);
        Assert.That(
            (template.Fits(step), template.Fits(step - 1), template.Fits(unchecked(step + 1))),
            Is.EqualTo((true, false, false)));
    }

    [Test]
    public void Each_of_1024_tags_up_to_256_characters_has_its_own_template_and_all_others_share_one()
    {
        var templates = new ScalarTemplates();
        string longest = new('x', 256), tooLong = new('x', 257);
        string[] tags = [.. Enumerable.Range(0, 1023).Select(i => $"layer{i}"), longest];
        ScalarTemplate shared = templates.Of(tooLong, 1);
        ScalarTemplate[] own = [.. tags.Select(tag => templates.Of(tag, 1))];

        Assert.That(own.Append(shared).Distinct().Count(), Is.EqualTo(1025));
        Assert.That(tags.Reverse().Select(tag => templates.Of(tag, 1)), Is.EqualTo(own.Reverse()));
        Assert.That(templates.Of("one more", 1), Is.SameAs(shared));
        Assert.That(templates.Of("layer0", 1000), Is.SameAs(own[0]), "encoded for more digits");
    }

    [Test]
    public void The_last_runs_that_accepted_a_tag_are_known_until_the_template_has_another_tag()
    {
        var template = new ScalarTemplate();
        template.Encode("loss", 1);
        Assert.That(template.IsAcceptedBy(1), Is.False);
        for (long run = 1; run <= 8; run++)
            template.AcceptBy(run);
        template.Encode("loss", 1000);
        Assert.That(Enumerable.Range(1, 8).Select(run => template.IsAcceptedBy(run)), Is.All.True);
        Assert.That(template.IsAcceptedBy(9), Is.False);

        template.AcceptBy(9);
        Assert.That((template.IsAcceptedBy(9), template.IsAcceptedBy(2)), Is.EqualTo((true, true)));
        template.Encode("accuracy", 1000);
        Assert.That(Enumerable.Range(1, 9).Select(run => template.IsAcceptedBy(run)), Is.All.False);
    }

    [Test]
    public void A_rejected_tag_leaves_no_trace()
    {
        var templates = new ScalarTemplates();
        string refused = new([(char)0xD800, 'x']);
        for (int i = 0; i < 2; i++)
        {
            Assert.That(() => templates.Of(refused, 1), Throws.ArgumentException);
            Assert.That(Record(templates, "loss", 1, 1), Is.EqualTo(Expected("loss", 1, 1)));
        }
    }

    private static byte[] Record(ScalarTemplates templates, string tag, float value, long step)
    {
        var scalar = new ScalarRecord(templates.Of(tag, step), value, step, WallTime);
        byte[] record = new byte[scalar.Length];
        scalar.WriteTo(ref record[0]);
        return record;
    }

    private static byte[] Expected(string tag, float value, long step) => EventRecord.Encode(new Event
    {
        WallTime = WallTime,
        Step = step,
        Summary = new Summary { Value = { new Summary.Types.Value { Tag = tag, SimpleValue = value } } },
    });
}
