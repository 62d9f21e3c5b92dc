using System.Collections;

namespace TorchBoard.Tests.Reading;

internal sealed class TagDictionaryTests
{
    private readonly TagDictionary<int> _tags = new("tags", [new("b", 1), new("a", 2), new("B", 3)]);

    [Test]
    public void Tags_are_in_the_order_in_which_they_appear()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_tags.Count, Is.EqualTo(3));
            Assert.That(_tags.Keys, Is.EqualTo(["b", "a", "B"]));
            Assert.That(_tags.Values, Is.EqualTo([1, 2, 3]));
            Assert.That(_tags.Select(pair => (pair.Key, pair.Value)), Is.EqualTo([("b", 1), ("a", 2), ("B", 3)]));
            Assert.That(((IEnumerable)_tags).Cast<KeyValuePair<string, int>>().Count(), Is.EqualTo(3));
        }
    }

    [Test]
    public void A_tag_is_found_by_its_exact_name()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((_tags["B"], _tags["b"]), Is.EqualTo((3, 1)));
            Assert.That((_tags.ContainsKey("a"), _tags.ContainsKey("A")), Is.EqualTo((true, false)));
            Assert.That((_tags.TryGetValue("a", out int value), value), Is.EqualTo((true, 2)));
            Assert.That(_tags.TryGetValue("A", out _), Is.False);
            Assert.That(
                () => _tags["A"], Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("among the 3 tags; the nearest: 'a'"));
            Assert.That(() => _tags[null!], Throws.ArgumentNullException);
        }
    }
}
