namespace TorchBoard.Tests.Loading;

internal sealed class LibTorchTests
{
    [Test]
    public void Libtorch_loads()
    {
        try
        {
            LibTorch.EnsureLoaded();
        }
        catch (DllNotFoundException e)
        {
            // The sentence alone: the stack and the linker's messages would hide it.
            Assert.Fail(e.Message);
        }
    }

    [Test]
    public void A_missing_version_of_a_library_is_named_with_the_remedy()
    {
        const string messages =
            "Unable to load shared library 'LibTorchSharp' or one of its dependencies.\n"
            + "/app/LibTorchSharp.so: cannot open shared object file: No such file or directory\n"
            + "/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by "
            + "/app/libLibTorchSharp.so)\n";

        Assert.That(LibTorch.CauseOf(messages), Is.EqualTo(
            "TorchSharp's native library needs GLIBCXX_3.4.32, which libstdc++.so.6 of this system does not "
            + "provide. Run the program on a system with the libstdc++ of GCC 13 or later, such as Debian 13, Ubuntu "
            + "24.04 or Fedora 38, or in such a container."));
    }

    [Test]
    public void A_library_that_the_system_does_not_have_is_named()
    {
        const string messages =
            "/app/LibTorchSharp.so: cannot open shared object file: No such file or directory\n"
            + "libgomp.so.1: cannot open shared object file: No such file or directory\n";

        Assert.That(LibTorch.CauseOf(messages), Is.EqualTo(
            "TorchSharp's native library needs libgomp.so.1, which this system does not have: install the package "
            + "that contains it."));
    }

    [Test]
    public void A_library_that_is_not_beside_the_program_is_left_to_TorchSharp() =>
        Assert.That(
            LibTorch.CauseOf("/app/libLibTorchSharp.so: cannot open shared object file: No such file or directory"),
            Is.Null);
}
