using System.Net;

namespace TorchBoard.Server.Tests.Http;

/// <summary>Who may read the runs, and what no request can do.</summary>
internal sealed class GuardTests
{
    private static readonly string[] Everything = ["/", "/index.html", "/nothing.js", "/api/runs", "/api/nothing", "/api/scalars"];

    private TestDirectory _directory = null!;
    private RunServer _server = null!;

    [OneTimeSetUp]
    public async Task Serve()
    {
        _directory = new TestDirectory();
        using (var writer = new SummaryWriter(Path.Combine(_directory, "run")))
            writer.AddScalar("loss", 1, 0);
        await File.WriteAllTextAsync(Path.Combine(_directory, "secret.txt"), "a secret");
        _server = RunServer.Start(_directory, new RunServerOptions { Port = 0, GrpcPort = 0 });
        await _server.Runs.Loaded;
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Test]
    public async Task Every_answer_forbids_scripts_frames_and_guesses_of_its_type()
    {
        foreach (string path in Everything)
        {
            RawAnswer answer = await RawAnswer.GetAsync(_server, path);
            Assert.That(
                answer.Header("Content-Security-Policy"),
                Does.StartWith("default-src 'none';").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"), path);
            Assert.That(answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"), path);
            Assert.That(answer.Header("Referrer-Policy"), Is.EqualTo("no-referrer"), path);
            Assert.That(answer.Header("Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"), path);
            Assert.That(answer.Header("Cross-Origin-Opener-Policy"), Is.EqualTo("same-origin"), path);
            Assert.That(answer.Headers["Access-Control-Allow-Origin"], Is.Empty, path);
            Assert.That(answer.Headers["Server"], Is.Empty, path);
        }

        RawAnswer page = await RawAnswer.GetAsync(_server, "/");
        Assert.That(page.Header("Content-Security-Policy"), Does.Match("script-src 'self'; style-src 'self' 'sha256-[A-Za-z0-9+/]{43}=';"));
        RawAnswer api = await RawAnswer.GetAsync(_server, "/api/runs");
        Assert.That(api.Header("Content-Security-Policy"), Does.Contain("sandbox"));
        Assert.That(api.Header("Cache-Control"), Is.EqualTo("no-store"));
    }

    [TestCase("127.0.0.1", true)]
    [TestCase("127.0.0.1:80", true)]
    [TestCase("localhost:7000", true, Description = "the other end of a tunnel")]
    [TestCase("LOCALHOST", true)]
    [TestCase("runs.localhost", true)]
    [TestCase("[::1]:7000", true)]
    [TestCase("evil.example", false)]
    [TestCase("localhost.evil.example", false)]
    [TestCase("127.0.0.1.evil.example", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("192.168.1.7", false)]
    [TestCase("", false)]
    public async Task A_name_that_is_not_this_machine_is_refused(string host, bool isAllowed)
    {
        foreach (string path in (string[])["/", "/api/runs"])
        {
            RawAnswer answer = await RawAnswer.GetAsync(_server, path, $"Host: {host}");
            Assert.That(answer.Status, Is.EqualTo(isAllowed ? 200 : 403), path);
            if (!isAllowed)
                Assert.That(answer.Error, Does.Contain("AllowedHosts"));
        }
    }

    [Test]
    public async Task A_name_can_be_allowed()
    {
        await using RunServer server = RunServer.Start(
            _directory, new RunServerOptions { Port = 0, GrpcPort = 0, AllowedHosts = ["Board.Example"] });

        Assert.That((await RawAnswer.GetAsync(server, "/api/runs", "Host: board.example")).Status, Is.EqualTo(200));
        Assert.That((await RawAnswer.GetAsync(server, "/api/runs", "Host: a.board.example")).Status, Is.EqualTo(403));
    }

    [TestCase("https://evil.example", false)]
    [TestCase("null", false)]
    [TestCase("http://127.0.0.1:1", false, Description = "another server on this machine")]
    [TestCase("http://127.0.0.1:7000", true)]
    [TestCase("https://127.0.0.1:7000", true, Description = "a proxy")]
    public async Task Another_origin_is_refused(string origin, bool isAllowed)
    {
        RawAnswer answer = await RawAnswer.GetAsync(_server, "/api/runs", "Host: 127.0.0.1:7000", $"Origin: {origin}");

        Assert.That(answer.Status, Is.EqualTo(isAllowed ? 200 : 403));
    }

    [TestCase("same-origin", "cors", "empty", true)]
    [TestCase("none", "navigate", "document", true)]
    [TestCase("cross-site", "no-cors", "image", false)]
    [TestCase("cross-site", "no-cors", "script", false)]
    [TestCase("cross-site", "navigate", "iframe", false)]
    [TestCase("same-site", "cors", "empty", false, Description = "another server on this machine")]
    public async Task What_a_browser_asks_for_another_site_is_refused(string site, string mode, string destination, bool isAllowed)
    {
        string[] headers = [$"Sec-Fetch-Site: {site}", $"Sec-Fetch-Mode: {mode}", $"Sec-Fetch-Dest: {destination}"];
        Assert.That((await RawAnswer.GetAsync(_server, "/api/runs", headers)).Status, Is.EqualTo(isAllowed ? 200 : 403));
        Assert.That((await RawAnswer.GetAsync(_server, "/", headers)).Status, Is.EqualTo(isAllowed ? 200 : 403));
    }

    [Test]
    public async Task A_link_of_another_site_opens_the_page_but_not_the_data()
    {
        string[] headers = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];

        Assert.That((await RawAnswer.GetAsync(_server, "/", headers)).Status, Is.EqualTo(200));
        Assert.That((await RawAnswer.GetAsync(_server, "/api/runs", headers)).Status, Is.EqualTo(403));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("OPTIONS")]
    [TestCase("TRACE")]
    [TestCase("PURGE")]
    public async Task Runs_can_only_be_read(string method)
    {
        foreach (string path in (string[])["/", "/api/runs"])
        {
            RawAnswer answer = await RawAnswer.SendAsync(_server, $"{method} {path} HTTP/1.1", "Content-Length: 0");
            Assert.That(answer.Status, Is.EqualTo(405));
            Assert.That(answer.Header("Allow"), Is.EqualTo("GET, HEAD"));
        }
    }

    [Test]
    public async Task A_request_with_content_is_refused() => Assert.That(
        (await RawAnswer.SendAsync(_server, "POST /api/runs HTTP/1.1", "Content-Length: 1000000000")).Status, Is.EqualTo(405).Or.EqualTo(413));

    [TestCase("/../secret.txt")]
    [TestCase("/../../../../../../etc/passwd")]
    [TestCase("/%2e%2e/secret.txt")]
    [TestCase("/..%2fsecret.txt")]
    [TestCase("/..%5csecret.txt")]
    [TestCase("/..\\secret.txt")]
    [TestCase("//etc/passwd")]
    [TestCase("/kinds/../../secret.txt")]
    [TestCase("/secret.txt")]
    [TestCase("/run")]
    [TestCase("/api/../secret.txt")]
    [TestCase("/%00")]
    public async Task No_path_leads_out_of_the_page(string path)
    {
        RawAnswer answer = await RawAnswer.GetAsync(_server, path);

        Assert.That(answer.Status, Is.EqualTo(404).Or.EqualTo(400));
        Assert.That(answer.Text, Does.Not.Contain("secret").And.Not.Contain("root:"));
    }

    [Test]
    public async Task A_request_line_of_more_than_128_kB_is_refused_and_one_of_less_is_read()
    {
        Assert.That((await RawAnswer.GetAsync(_server, $"/api/scalars?tag={new string('a', 140_000)}")).Status, Is.EqualTo(414));
        Assert.That((await RawAnswer.GetAsync(_server, $"/api/scalars?tag={new string('a', 120_000)}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task With_a_token_the_runs_are_read_only_by_those_who_know_it()
    {
        await using RunServer server = RunServer.Start(
            _directory, new RunServerOptions { Port = 0, GrpcPort = 0, Token = "s3cret/&" });
        int port = server.PageUrl!.Port;

        Assert.That(server.PageUrl.AbsoluteUri, Is.EqualTo($"http://127.0.0.1:{port}/?token=s3cret%2F%26"));
        RawAnswer refused = await RawAnswer.GetAsync(server, "/api/runs");
        Assert.That(refused.Status, Is.EqualTo(401));
        Assert.That(refused.Error, Does.Contain("?token="));
        foreach (string wrong in (string[])["/api/runs?token=", "/api/runs?token=s3cret", "/api/runs?token=s3cret/%26x", "/api/events"])
            Assert.That((await RawAnswer.GetAsync(server, wrong)).Status, Is.EqualTo(401), wrong);
        Assert.That((await RawAnswer.GetAsync(server, "/?token=wrong")).Headers["Set-Cookie"], Is.Empty);

        RawAnswer opened = await RawAnswer.GetAsync(server, server.PageUrl.PathAndQuery);
        Assert.That(opened.Status, Is.EqualTo(302));
        Assert.That(opened.Header("Location"), Is.EqualTo("./"), "the address without the token");
        string cookie = opened.Header("Set-Cookie")!;
        Assert.That(cookie, Does.Contain("samesite=strict").And.Contain("httponly").And.Contain("path=/").And.Not.Contain("s3cret"));
        Assert.That((await RawAnswer.GetAsync(server, "/api/runs", $"Cookie: {cookie.Split(';')[0]}")).Status, Is.EqualTo(200));
        Assert.That((await RawAnswer.GetAsync(server, "/api/runs", $"Cookie: torchboard-{port}=00")).Status, Is.EqualTo(401));
        Assert.That((await RawAnswer.GetAsync(server, "/api/runs?token=s3cret/%26")).Status, Is.EqualTo(200), "for programs");
    }

    [Test]
    public async Task Another_address_than_a_loopback_one_demands_a_random_token()
    {
        var options = new RunServerOptions { Port = 0, GrpcPort = 0, Host = IPAddress.Any };
        await using RunServer first = RunServer.Start(_directory, options);
        await using RunServer second = RunServer.Start(_directory, options);

        Assert.That(first.PageUrl!.Query, Does.Match("^\\?token=[0-9a-f]{32}$").And.Not.EqualTo(second.PageUrl!.Query));
        Assert.That((await RawAnswer.GetAsync(first, "/api/runs")).Status, Is.EqualTo(401));
        Assert.That((await RawAnswer.GetAsync(first, $"/api/runs{first.PageUrl.Query}")).Status, Is.EqualTo(200));
        Assert.That((await RawAnswer.GetAsync(first, $"/api/runs{second.PageUrl.Query}")).Status, Is.EqualTo(401));
        Assert.That((await RawAnswer.GetAsync(first, "/", "Host: 192.168.1.7:6006")).Status, Is.EqualTo(200), "an address of it");
        Assert.That((await RawAnswer.GetAsync(first, "/", $"Host: {Environment.MachineName}")).Status, Is.EqualTo(200));
        Assert.That((await RawAnswer.GetAsync(first, "/", "Host: evil.example")).Status, Is.EqualTo(403));
    }
}
