using System.Diagnostics;
using TorchBoard.Monitoring;

namespace TorchBoard.Tests.Monitoring;

/// <summary>GPUs as their drivers tell: a library with NVML's functions, and a folder with the files of amdgpu.</summary>
internal sealed class GpuTests
{
    private const string OldDriver = """
        struct utilization { unsigned gpu, memory; };
        struct memory { unsigned long long total, free, used; };
        int nvmlInit_v2(void) { return 0; }
        int nvmlShutdown(void) { return 0; }
        int nvmlDeviceGetCount_v2(unsigned *n) { *n = 2; return 0; }
        int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **d) { *d = (char *)0 + i + 1; return 0; }
        int nvmlDeviceGetUtilizationRates(void *d, struct utilization *u)
        { u->gpu = 10 * (unsigned)(unsigned long)d; u->memory = 1; return 0; }
        int nvmlDeviceGetMemoryInfo(void *d, struct memory *m)
        { m->total = 1ull << 30; m->used = (1ull << 28) * (unsigned long)d; m->free = m->total - m->used; return 0; }

        """;

    private const string NewDriver = OldDriver + """
        #include <string.h>
        struct memory2 { unsigned version; unsigned long long total, reserved, free, used; };
        int nvmlDeviceGetMemoryInfo_v2(void *d, struct memory2 *m)
        {
          if (m->version != (sizeof *m | 2 << 24)) return 25;
          m->total = 1ull << 30; m->reserved = 1ull << 27; m->used = (1ull << 27) * (unsigned long)d; return 0;
        }
        int nvmlDeviceGetTemperature(void *d, int sensor, unsigned *t) { *t = 40 + (unsigned)(unsigned long)d; return sensor; }
        int nvmlDeviceGetPowerUsage(void *d, unsigned *p) { *p = 250500; return d == (void *)1 ? 0 : 3; }
        int nvmlDeviceGetName(void *d, char *name, unsigned n) { strncpy(name, "NVIDIA H100", n); return 0; }
        int nvmlSystemGetDriverVersion(char *v, unsigned n) { strncpy(v, "570.86", n); return 0; }
        """;

    [Test]
    public void A_machine_without_a_GPU_has_no_GPU_samples()
    {
        using var directory = new TestDirectory();
        Assert.That(NvidiaProbe.TryOpen("lib-that-is-not-there.so"), Is.Null);
        Assert.That(AmdProbe.TryOpen(directory, 0), Is.Null);
    }

    [Test]
    [Platform("Linux", Reason = "builds a small shared library")]
    public void An_old_driver_tells_utilization_and_memory_with_what_it_reserves()
    {
        using var directory = new TestDirectory();
        using NvidiaProbe probe = NvidiaProbe.TryOpen(Build(OldDriver, directory))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                probe.Sample(),
                Is.EqualTo(new[]
                {
                    ("gpu0_percent", 10.0), ("gpu0_memory_used_mib", 256.0), ("gpu0_memory_percent", 25.0),
                    ("gpu1_percent", 20.0), ("gpu1_memory_used_mib", 512.0), ("gpu1_memory_percent", 50.0),
                }));
            Assert.That(probe.Describe(), Has.All.EqualTo("NVIDIA GPU, 1 GiB"));
        }
    }

    [Test]
    [Platform("Linux", Reason = "builds a small shared library")]
    public void A_new_driver_also_tells_temperature_and_power_and_what_it_does_not_tell_is_left_out()
    {
        using var directory = new TestDirectory();
        using NvidiaProbe probe = NvidiaProbe.TryOpen(Build(NewDriver, directory))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                probe.Sample(),
                Is.EqualTo(new[]
                {
                    ("gpu0_percent", 10.0), ("gpu0_memory_used_mib", 128.0), ("gpu0_memory_percent", 12.5),
                    ("gpu0_temperature_celsius", 41.0), ("gpu0_power_watts", 250.5),
                    ("gpu1_percent", 20.0), ("gpu1_memory_used_mib", 256.0), ("gpu1_memory_percent", 25.0),
                    ("gpu1_temperature_celsius", 42.0),
                }));
            Assert.That(probe.Describe(), Has.All.EqualTo("NVIDIA H100, 1 GiB, driver 570.86"));
        }
    }

    [Test]
    public void GPUs_of_AMD_are_sampled_through_the_files_of_their_driver()
    {
        using var root = new TestDirectory();
        AddCard(root, "card0", "0x8086");
        AddCard(root, "card1", "0x1002", ("gpu_busy_percent", "37"), ("mem_info_vram_used", "1073741824"),
            ("mem_info_vram_total", "4294967296"), ("hwmon/hwmon3/temp1_input", "61500"), ("hwmon/hwmon3/power1_average", "120500000"),
            ("product_name", "Instinct MI210"));
        AddCard(root, "card10", "0x1002", ("device", "0x744c"), ("gpu_busy_percent", "no number"),
            ("hwmon/hwmon4/power1_input", "15000000"));
        AddCard(root, "card1-DP-1", "0x1002");

        using AmdProbe probe = AmdProbe.TryOpen(root, first: 2)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                probe.Sample(),
                Is.EqualTo(new[]
                {
                    ("gpu2_percent", 37.0), ("gpu2_memory_used_mib", 1024.0), ("gpu2_memory_percent", 25.0),
                    ("gpu2_temperature_celsius", 61.5), ("gpu2_power_watts", 120.5), ("gpu3_power_watts", 15.0),
                }));
            Assert.That(probe.Describe(), Is.EqualTo(new[] { "Instinct MI210, 4 GiB", "AMD GPU 0x744c" }));
        }
    }

    private static void AddCard(string root, string name, string vendor, params (string File, string Text)[] files)
    {
        foreach ((string file, string text) in files.Append(("vendor", vendor)))
        {
            string path = Path.Combine(root, "sys/class/drm", name, "device", file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text + "\n");
        }
    }

    // Machines that run tests rarely have real ones.
    private static string Build(string code, string directory)
    {
        string source = Path.Combine(directory, "nvml.c");
        string library = Path.Combine(directory, "libnvml-stand-in.so");
        File.WriteAllText(source, code);
        try
        {
            using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, source]);
            compiler.WaitForExit();
            Assume.That(compiler.ExitCode, Is.Zero, "the C compiler works");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("There is no C compiler to build a stand-in for the driver's library with.");
        }

        return library;
    }
}
