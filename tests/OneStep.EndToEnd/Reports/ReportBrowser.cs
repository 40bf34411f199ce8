using Microsoft.Playwright;

namespace OneStep.EndToEnd.Reports;

/// <summary>A browser without a network, to look at reports with.</summary>
public sealed class ReportBrowser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the browser is; null where there is none.</summary>
    public static string? Executable { get; } = Array.Find(Places, File.Exists);

    public async Task InitializeAsync()
    {
        if (Executable is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>Opens a page file as a reader would, and waits until its figures are drawn.</summary>
    /// <param name="file">The page.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="width">The width of the window in pixels.</param>
    /// <param name="complaints">Receives what the browser complained of.</param>
    public async Task<IPage> OpenAsync(string file, ColorScheme scheme, int width, ICollection<string> complaints)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new()
        {
            Offline = true,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        IPage page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add("failed request: " + request.Url);
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            {
                complaints.Add("request to the network: " + request.Url);
            }
        };
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.Locator($"html[data-drawn={(scheme == ColorScheme.Dark ? "dark" : "light")}]").WaitForAsync();
        return page;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
