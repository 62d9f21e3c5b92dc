using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace TorchBoard.Page.Tests;

/// <summary>axe, which finds what people with disabilities cannot use.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>
    /// The violations in a page as it is now. Only they leave the browser; the package for Playwright moves all that axe looked at
    /// to a second page, which takes many times longer.
    /// </summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
              const { violations, passes } = await axe.run(document, { resultTypes: ['violations'] });
              if (passes.length < 10) {
                throw new Error('axe looked at nothing');
              }
              return violations.map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html).join(' | '));
            }
            """);
    }
}
