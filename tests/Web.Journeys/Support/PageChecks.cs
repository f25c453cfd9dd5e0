using Microsoft.Playwright;

namespace Web.Journeys.Support;

/// <summary>What is expected of every page.</summary>
internal static class PageChecks
{
    /// <summary>Looks at a page in both themes, wide and as on a phone; leaves pictures.</summary>
    /// <param name="site">Whose page.</param>
    /// <param name="path">Its address.</param>
    /// <param name="name">What the pictures are called.</param>
    /// <param name="ready">The element that is there when the page is whole, if not at once.</param>
    public static async Task AssertPageAsync(this Site site, string path, string name, string ready = "html[data-ready]")
    {
        await using var visit = await site.VisitAsync(path);
        await visit.Page.Locator(ready).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visit.LookAsync(name + "-1280");
        await visit.Page.SetViewportSizeAsync(390, 844);
        await visit.GoAsync(path);
        await visit.Page.Locator(ready).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await visit.LookAsync(name + "-390");
    }

    /// <summary>Looks at what a tab shows, in both themes.</summary>
    public static async Task LookAsync(this Visit visit, string name)
    {
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            await visit.Page.Locator($"html[data-theme={theme.ToString().ToLowerInvariant()}]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await visit.PictureAsync($"{name}-{theme.ToString().ToLowerInvariant()}");
            await visit.AssertFitsAsync();
            await visit.AssertAccessibleAsync();
        }
    }

    /// <summary>Nothing of the content became an element or a link that runs.</summary>
    public static async Task AssertHarmlessAsync(this Visit visit)
    {
        Assert.Equal(0, await visit.Page.Locator("main script, main iframe, main img, main svg[onload], main [onerror], main b b").CountAsync());
        Assert.Equal(0, await visit.Page.Locator("a[href^='javascript:' i], a[href^='data:' i], form[action^='javascript:' i]").CountAsync());
        Assert.Empty(await visit.Page.EvaluateAsync<string[]>(TurnedText));
    }

    /// <summary>Texts of ours that stand behind a character that turns the direction of writing, and are turned with it.</summary>
    private const string TurnedText =
        """
        () => {
          const turned = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const text = texts.currentNode, last = [...text.data.matchAll(/[\u202a-\u202e\u2066-\u2068]/g)].at(-1);
            if (!last || /SCRIPT|STYLE|TEXTAREA/.test(text.parentElement.tagName)) continue;
            let box = text.parentElement;
            for (let style = getComputedStyle(box); style.display === 'inline' && !/isolate|plaintext/.test(style.unicodeBidi); style = getComputedStyle(box)) box = box.parentElement;
            const behind = document.createRange();
            behind.setStart(text, last.index + 1);
            behind.setEnd(box, box.childNodes.length);
            // One that is taken back in the same text turns nothing behind it.
            const rest = String(behind).replace(/^[^\u2069\u202c]*[\u2069\u202c]+[^]*$/, '').trim();
            if (/[\p{L}\p{N}]/u.test(rest)) turned.push(`${box.tagName}.${box.className}: ${rest.slice(0, 80)}`);
          }
          return turned;
        }
        """;
}
